package org.heshi.matters.followup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.Endings;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Step;
import org.heshi.matters.view.MatterViews.Charge;
import org.heshi.matters.view.MatterViews.File;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;
import org.heshi.matters.view.MatterViews.Shown;

/**
 * A matter as its reporter sees it.
 *
 * @param history  newest first
 * @param next     what they may do now
 * @param question what a unit asked and nobody has answered yet
 * @param holder   who has it now; empty when it has ended or waits for the reporter
 * @param ending   when it is put away or erased
 * @param opened   whether an office that has no part in it opened it for a reason
 * @param notes    what rooms tell who follows it
 * @param me       number of the party who looks: 1 reported it
 * @param doers    which party did what one of them did, by the number of the entry
 */
public record FollowPage(MatterView matter, List<HistoryItem> history, List<Action> next, Optional<HistoryItem> question, Optional<String> holder,
        List<Charge> charges, Optional<Endings.Ending> ending, boolean opened, List<FollowNotes.Note> notes, int me, Map<Integer, Integer> doers) {

    public boolean reporter() {
        return me == 1;
    }

    /** The party that did it; empty when it was somebody else, or nobody of them is known to have done it. */
    public Optional<Integer> otherParty(HistoryItem item) {
        return Optional.ofNullable(doers.get(item.seq())).filter(party -> party != me);
    }

    /** The steps, without those of other endings than this one took. */
    public List<Step> steps() {
        return matter.procedure().steps();
    }

    /** Counted from 1. */
    public int step() {
        List<Step> steps = steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(matter.state().step())) {
                return i + 1;
            }
        }
        return steps.size();
    }

    public Optional<Bilingual> outcome() {
        return matter.outcome().map(code -> matter.procedure().outcomes().getOrDefault(code, new Bilingual(code, code)));
    }

    private static final Set<String> ELSEWHERE = Set.of("title", "description", "notice");

    /** What came with the report besides its words, labelled; the history does not say it again. */
    public List<Shown> reported() {
        return history.stream().filter(item -> item.seq() == 1).flatMap(item -> item.shown().stream())
                .filter(shown -> !ELSEWHERE.contains(shown.field())).toList();
    }

    public List<File> reportedFiles() {
        return history.stream().filter(item -> item.seq() == 1).flatMap(item -> item.files().stream()).toList();
    }

    public Optional<Action> action(String name) {
        return next.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    /** Everything but what stands in a place of its own on the page. */
    public List<Action> others() {
        return next.stream().filter(action -> !action.name().equals(FollowController.REPLY)).toList();
    }
}
