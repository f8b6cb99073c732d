package org.heshi.exchange.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.heshi.kernel.Csv;

/** The same sheet with what came of each row beside it; written as it goes on, and held no longer than some hundred rows. */
final class GivenBack implements AutoCloseable {

    private static final int HELD = 500;

    private final Workbook workbook;
    private final Worksheet sheet;
    private final List<Column> columns;
    private int row;

    /** @param last headings of the columns that are added */
    GivenBack(OutputStream out, List<Column> columns, boolean english, List<String> last) {
        this.workbook = new Workbook(out, "Heshi", "1.0");
        this.sheet = workbook.newWorksheet(english ? "Matters" : "事项");
        this.columns = List.copyOf(columns);
        sheet.freezePane(0, 1);
        List<String> headings = new ArrayList<>(columns.stream().map(column -> column.in(english)).toList());
        headings.addAll(last);
        for (int n = 0; n < headings.size(); n++) {
            sheet.inlineString(0, n, headings.get(n));
            sheet.width(n, 20);
        }
        row = 1;
    }

    void row(Line line, List<String> last) throws IOException {
        List<String> cells = new ArrayList<>(line.inOrder(columns));
        cells.addAll(last);
        for (int n = 0; n < cells.size(); n++) {
            if (!cells.get(n).isEmpty()) {
                sheet.inlineString(row, n, Csv.safe(cells.get(n)));
            }
        }
        if (++row % HELD == 0) {
            sheet.flush();
        }
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
