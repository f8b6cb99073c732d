package org.heshi.matters.templates;

import java.util.List;
import java.util.UUID;
import org.heshi.kernel.Refusal;

/**
 * Ready words as somebody types them.
 *
 * @param unit  name of the unit whose they are; blank: everybody's
 * @param units names of units to choose from when the typed one was not exactly one
 * @param fresh not kept before
 */
public record TemplateForm(UUID id, String title, String action, String unit, String words, boolean ended, boolean fresh, List<String> units,
        List<Refusal> refusals) {

    static final int TITLE = 60;
    static final int WORDS = 5000;

    public TemplateForm {
        units = List.copyOf(units);
        refusals = List.copyOf(refusals);
    }

    TemplateForm refused(List<Refusal> reasons, List<String> found) {
        return new TemplateForm(id, title, action, unit, words, ended, fresh, found, reasons);
    }
}
