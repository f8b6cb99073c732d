package org.heshi.matters.report;

import java.util.List;
import java.util.Set;
import org.heshi.kernel.Refusal;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Asked;
import org.heshi.matters.form.Option;

/**
 * One step of a report as its page shows it: the fields of this step, everything else carried along unseen.
 *
 * @param notice version of the privacy notice
 */
public record ReportPage(ActionForm form, Step step, int notice) {

    private static final Set<String> OFFICE = Set.of("accused", "accused-words");

    public List<Asked> shown() {
        return form.asked().stream().filter(asked -> Step.of(asked.field()) == step && !asked.name().equals(Step.NOTICE)).toList();
    }

    public List<Asked> carried() {
        return form.asked().stream().filter(asked -> Step.of(asked.field()) != step && !asked.name().equals(Step.NOTICE)).toList();
    }

    /** What was refused in this step or as a whole. */
    public List<Refusal> refusals() {
        return form.refusals().stream()
                .filter(refusal -> refusal.field().isEmpty() || shown().stream().anyMatch(asked -> asked.name().equals(refusal.field()))
                        || form.asked().stream().noneMatch(asked -> asked.name().equals(refusal.field())))
                .toList();
    }

    /** The class of a field that only matters when a box above it is ticked; browsers that can hide it until then do. */
    public String when(Asked asked) {
        if (OFFICE.contains(asked.name())) {
            return "when-about-office";
        }
        if (asked.name().startsWith("behalf")) {
            return "when-on-behalf";
        }
        return asked.field().type().contact() ? "unless-anonymous" : "";
    }

    /** Residents choose among the first level only; the rest is for those who sort. */
    public List<Option> broadCategories(Asked asked) {
        return asked.options().stream().filter(option -> option.value().length() == 2 || asked.chosen(option.value())).toList();
    }

    /** What the other steps say so far, for a last look. */
    public String said(String field) {
        return form.asked().stream().filter(asked -> asked.name().equals(field)).map(asked ->
                asked.chosen().isEmpty() ? asked.value() : asked.chosen().getFirst().label().zh()).findFirst().orElse("");
    }
}
