package org.heshi.matters.matter;

import java.util.List;
import java.util.Optional;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.templates.Template;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;

/**
 * An action on a matter as its page shows it.
 *
 * @param suggestion who would handle it by the rules, for a person to take or leave
 * @param templates  ready words for the first long field
 * @param chosen     id of the ready words that were put in, empty for none
 * @param beside     whether the first words and the answer stand beside the form
 * @param since      what others did since the form was drawn, oldest first
 * @param open       whether the action can still be done as the matter stands now
 */
public record ActPage(MatterView matter, String level, ActionForm form, Optional<Suggestion> suggestion, List<Template> templates, String chosen,
        String wording, boolean beside, List<HistoryItem> since, boolean open) {

    public ActPage {
        templates = List.copyOf(templates);
        since = List.copyOf(since);
    }

    public String back() {
        return "/matters/" + matter.number().digits();
    }

    public String href() {
        return back() + "/act/" + form.action().name();
    }

    /**
     * A unit that the rules name, and which rule does.
     *
     * @param category full name of the category of the rule; empty: any category
     * @param place    name of the place of the rule
     * @param ruling   number of the ruling that the rule was kept from, which may be empty; nothing when it came otherwise
     */
    public record Suggestion(String lead, List<String> helpers, String category, String place, Optional<String> ruling) {

        public Suggestion {
            helpers = List.copyOf(helpers);
        }
    }
}
