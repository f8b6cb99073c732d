package org.heshi.matters.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Asked;
import org.heshi.matters.procedure.Procedure.Type;

/** What can be said of a step before all of them are filled in. {@code act} judges the whole again. */
final class ReportRules {

    static final String ABOUT_OFFICE = "about-office";
    static final Set<String> ACCUSED = Set.of("accused", "accused-words");
    static final String ANONYMOUS = "anonymous";
    static final String ON_BEHALF = "on-behalf";

    private ReportRules() {
    }

    static List<Refusal> against(ActionForm form, Step step, Instant now) {
        List<Refusal> refusals = new ArrayList<>();
        for (Asked asked : form.asked()) {
            if (Step.of(asked.field()) == step) {
                missing(asked, refusals);
                tooLong(asked, refusals);
                notPast(asked, now, refusals);
            }
        }
        if (step == Step.WHAT) {
            aboutAnOffice(form, refusals);
        }
        return refusals;
    }

    private static void missing(Asked asked, List<Refusal> refusals) {
        if (asked.field().required() && !asked.filled()) {
            refusals.add(Refusal.at(asked.name(), "required"));
        }
    }

    private static void tooLong(Asked asked, List<Refusal> refusals) {
        boolean words = asked.field().type() == Type.LINE || asked.field().type() == Type.TEXT || asked.field().type() == Type.NAME;
        int length = asked.value().codePointCount(0, asked.value().length());
        if (words && asked.field().max() > 0 && length > asked.field().max()) {
            refusals.add(Refusal.at(asked.name(), "too-long", asked.field().max(), length));
        }
    }

    private static void notPast(Asked asked, Instant now, List<Refusal> refusals) {
        if (asked.field().type() != Type.TIME || !asked.filled()) {
            return;
        }
        try {
            if (LocalDateTime.parse(asked.value().strip()).atZone(CivilTime.ZONE).toInstant().isAfter(now.plusSeconds(300))) {
                refusals.add(Refusal.at(asked.name(), "in-the-future"));
            }
        } catch (DateTimeParseException e) {
            refusals.add(Refusal.at(asked.name(), "not-a-time"));
        }
    }

    /**
     * An office is named, but the box that says so is empty: nothing may be guessed, since a complaint that goes the ordinary way could reach the
     * very office that it is about (decision 5). The box is ticked, but no office is named: said on the step that asks for it, not after the last.
     */
    private static void aboutAnOffice(ActionForm form, List<Refusal> refusals) {
        boolean named = form.asked().stream().anyMatch(asked -> ACCUSED.contains(asked.name()) && asked.filled());
        boolean ticked = form.asked().stream().anyMatch(asked -> asked.name().equals(ABOUT_OFFICE) && asked.chosen("true"));
        if (named && !ticked) {
            refusals.add(Refusal.at(ABOUT_OFFICE, "report-about-office-unclear"));
        }
        if (ticked && !named) {
            refusals.add(Refusal.at("accused", "accused-needed"));
        }
    }
}
