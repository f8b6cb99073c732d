package org.heshi.exchange.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.context.MessageSource;

/** The empty sheet: headings, those that are needed with a star, and a second sheet that explains them. */
final class SheetTemplate {

    private static final int PREPARED = 500;

    private SheetTemplate() {
    }

    static byte[] of(boolean english, MessageSource words) {
        Locale locale = english ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Heshi", "1.0")) {
            Worksheet sheet = workbook.newWorksheet(english ? "Matters" : "事项");
            Worksheet help = workbook.newWorksheet(english ? "How to fill it in" : "填写说明");
            for (Column column : Column.values()) {
                int n = column.ordinal();
                sheet.value(0, n, column.in(english) + (column.needed() ? "*" : ""));
                sheet.style(0, n).bold().set();
                sheet.width(n, 20);
                sheet.range(1, n, PREPARED, n).style().format(column.time() ? "yyyy-mm-dd hh:mm" : "@").set();
                help.value(n, 0, column.in(english) + (column.needed() ? "*" : ""));
                help.value(n, 1, words.getMessage("sheet.help." + column.name().toLowerCase(Locale.ROOT), null, locale));
            }
            sheet.freezePane(0, 1);
            help.width(0, 16);
            help.width(1, 90);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
