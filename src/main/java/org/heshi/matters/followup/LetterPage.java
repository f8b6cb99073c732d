package org.heshi.matters.followup;

import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure.Basis;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;

/**
 * A formal paper that the reporter got, to be read and printed.
 *
 * @param title what sort of paper it is
 * @param to    the reporter's name; empty when none was left
 * @param basis the articles behind it
 */
public record LetterPage(MatterView matter, HistoryItem item, Bilingual title, String to, List<Basis> basis) {

    public String back() {
        return "/follow/" + matter.number().digits();
    }
}
