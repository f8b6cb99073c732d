package org.heshi.directory.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The empty spreadsheet with the right headings. */
final class Template {

    private Template() {
    }

    static byte[] of(boolean english) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Heshi", "1.0")) {
            for (Kind kind : Kind.values()) {
                Worksheet sheet = workbook.newWorksheet(english ? kind.en : kind.zh);
                for (int i = 0; i < kind.columns.size(); i++) {
                    Kind.Column column = kind.columns.get(i);
                    sheet.value(0, i, english ? column.en() : column.zh());
                    sheet.style(0, i).bold().set();
                    sheet.width(i, 22);
                    // Codes are text: leading zeros stay.
                    sheet.range(1, i, 500, i).style().format("@").set();
                }
                sheet.freezePane(0, 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
