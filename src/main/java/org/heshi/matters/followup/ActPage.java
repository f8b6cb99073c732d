package org.heshi.matters.followup;

import java.util.List;
import java.util.Optional;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;

/**
 * One thing that the reporter does.
 *
 * @param question what is being answered, if it is an answer
 * @param possible whether it still can be done; when not, the words typed are shown to be kept
 * @param notes    what rooms tell before it is done
 */
public record ActPage(MatterView matter, ActionForm form, Optional<HistoryItem> question, boolean possible,
        List<FollowNotes.Note> notes) {
}
