package org.heshi.exchange.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heshi.kernel.Refusal;

/**
 * A row as it stands in the sheet.
 *
 * @param number   as the spreadsheet counts, from 1
 * @param cells    by column, as text; what is empty is not there
 * @param troubles of cells that could not be taken as text
 */
record Line(int number, Map<Column, String> cells, List<Refusal> troubles) {

    Line {
        cells = Map.copyOf(cells);
        troubles = List.copyOf(troubles);
    }

    boolean blank() {
        return cells.isEmpty() && troubles.isEmpty();
    }

    String get(Column column) {
        return cells.getOrDefault(column, "");
    }

    List<String> inOrder(List<Column> columns) {
        List<String> all = new ArrayList<>();
        columns.forEach(column -> all.add(get(column)));
        return all;
    }
}
