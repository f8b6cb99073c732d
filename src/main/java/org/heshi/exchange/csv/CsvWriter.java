package org.heshi.exchange.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.heshi.kernel.Csv;

/**
 * Writes CSV for people: UTF-8 with a byte order mark and CRLF, as their spreadsheets expect, and no cell that a spreadsheet would calculate.
 * A cell that begins as a formula does gets an apostrophe before it.
 */
public final class CsvWriter implements Closeable {

    private final Writer out;

    public CsvWriter(Path file) throws IOException {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write(Csv.BYTE_ORDER_MARK);
    }

    public void row(List<String> cells) throws IOException {
        out.write(Csv.line(cells));
    }

    static String safe(String cell) {
        return Csv.safe(cell);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
