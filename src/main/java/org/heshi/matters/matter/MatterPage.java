package org.heshi.matters.matter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.Endings;
import org.heshi.matters.OwnPages;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.queue.Waited;
import org.heshi.matters.view.Masked;
import org.heshi.matters.view.MatterViews.Charge;
import org.heshi.matters.view.MatterViews.File;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;

/**
 * A matter as its page shows it to staff.
 *
 * @param steps    what people see of its way, in order
 * @param step     which of them it stands in, from 1; past the last when it has ended
 * @param category full name, in the reader's language, empty without one
 * @param labels   words for contact fields
 * @param first    what brings the matter on
 * @param more     what may be done besides
 * @param history  newest first
 * @param charges  how long each unit had it
 * @param unmasked whether the contacts were asked for, and stand here this once
 * @param ending   when it is put away or erased
 * @param desk     where those who work on it find everything
 */
public record MatterPage(MatterView matter, String level, List<Bilingual> steps, int step, String category,
        Map<String, Bilingual> labels, Waited waited, Optional<Bilingual> outcome, List<Action> first, List<Action> more, List<HistoryItem> history,
        List<Charge> charges, boolean unmasked, Optional<Endings.Ending> ending, Optional<OwnPages.Desk> desk) {

    public MatterPage {
        steps = List.copyOf(steps);
        labels = Map.copyOf(labels);
        first = List.copyOf(first);
        more = List.copyOf(more);
        history = List.copyOf(history);
        charges = List.copyOf(charges);
    }

    public String href() {
        return "/matters/" + matter.number().digits();
    }

    public String title() {
        return matter.word("title");
    }

    public List<File> pictures() {
        return matter.files().stream().filter(file -> file.mediaType().startsWith("image/")).toList();
    }

    public List<File> papers() {
        return matter.files().stream().filter(file -> !file.mediaType().startsWith("image/")).toList();
    }

    /** A contact as it stands on this page. */
    public String contact(String field, String value) {
        return unmasked ? value : Masked.of(field, value);
    }

    /** Whether there is anything to unmask. */
    public boolean masked() {
        return !unmasked && matter.parties().stream().anyMatch(party -> !party.hidden() && !party.contacts().isEmpty());
    }

    /** The parties' contacts that stand here only for the unit that handles it. */
    public boolean hidden() {
        return matter.parties().stream().anyMatch(party -> party.hidden());
    }
}
