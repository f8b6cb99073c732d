package org.heshi.exchange.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes CSV for people: UTF-8 with a byte order mark and CRLF, as their spreadsheets expect, and no cell that a spreadsheet would calculate.
 * A cell that begins as a formula does gets an apostrophe before it.
 */
public final class CsvWriter implements Closeable {

    private final Writer out;

    public CsvWriter(Path file) throws IOException {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write('\uFEFF');
    }

    public void row(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quoted(safe(cells.get(i))));
        }
        out.write("\r\n");
    }

    /** Formulas begin with = + - @, after blanks too in some programs; a tab or a return starts a cell that a pasted table splits. */
    static String safe(String cell) {
        String seen = cell.stripLeading();
        boolean formula = !seen.isEmpty() && "=+-@＝＋－＠".indexOf(seen.charAt(0)) >= 0;
        boolean control = !cell.isEmpty() && (cell.charAt(0) == '\t' || cell.charAt(0) == '\r' || cell.charAt(0) == '\n');
        return formula || control ? "'" + cell : cell;
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
