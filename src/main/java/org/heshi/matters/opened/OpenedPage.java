package org.heshi.matters.opened;

import java.util.List;
import org.heshi.access.Openings.Opening;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;

/**
 * A matter as it is read under an opening: nothing can be done with it, names and files stay closed.
 *
 * @param history newest first
 */
public record OpenedPage(Opening opening, MatterView matter, String level, List<HistoryItem> history) {

    public OpenedPage {
        history = List.copyOf(history);
    }
}
