package org.heshi.supervision.month;

import java.util.List;
import org.heshi.matters.MatterRows.Row;

/**
 * A matter on the list.
 *
 * @param why     what brought it there, as {@code supervision.why.*} says it
 * @param returns how often it was returned
 */
public record MonthLine(Row matter, List<String> why, int returns) {

    public MonthLine {
        why = List.copyOf(why);
    }
}
