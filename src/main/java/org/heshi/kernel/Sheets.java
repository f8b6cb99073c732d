package org.heshi.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Tables as a spreadsheet. Numbers are numbers; no text in it is a formula to any program that it is pasted into. */
public final class Sheets {

    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private Sheets() {
    }

    /** @param heads of the columns @param rows cells are text or numbers */
    public record Sheet(String name, List<String> heads, List<List<Object>> rows) {

        public Sheet {
            heads = List.copyOf(heads);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    public static byte[] of(List<Sheet> sheets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Heshi", "1.0")) {
            for (Sheet one : sheets) {
                Worksheet sheet = workbook.newWorksheet(one.name());
                for (int column = 0; column < one.heads().size(); column++) {
                    sheet.value(0, column, Csv.safe(one.heads().get(column)));
                    sheet.style(0, column).bold().set();
                    sheet.width(column, column == 0 ? 28 : 14);
                }
                for (int row = 0; row < one.rows().size(); row++) {
                    for (int column = 0; column < one.rows().get(row).size(); column++) {
                        switch (one.rows().get(row).get(column)) {
                            case Number number -> sheet.value(row + 1, column, number);
                            case Object text -> sheet.value(row + 1, column, Csv.safe(text.toString()));
                        }
                    }
                }
                sheet.freezePane(0, 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static String csv(Sheet sheet) {
        StringBuilder out = new StringBuilder(Csv.BYTE_ORDER_MARK).append(Csv.line(sheet.heads()));
        sheet.rows().forEach(row -> out.append(Csv.line(row.stream().map(Object::toString).toList())));
        return out.toString();
    }
}
