package org.heshi.kernel;

import java.util.List;

/** Lines of CSV for people: CRLF at the end, and no cell that a spreadsheet would calculate. */
public final class Csv {

    /** Stands before the first line, so that spreadsheets know it is UTF-8. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private Csv() {
    }

    public static String line(List<String> cells) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(quoted(safe(cells.get(i))));
        }
        return out.append("\r\n").toString();
    }

    /**
     * A cell that begins as a formula does gets an apostrophe before it. Formulas begin with = + - @, after blanks too in some programs; a tab or a
     * return starts a cell that a pasted table splits.
     */
    public static String safe(String cell) {
        String seen = cell.stripLeading();
        boolean formula = !seen.isEmpty() && "=+-@＝＋－＠".indexOf(seen.charAt(0)) >= 0;
        boolean control = !cell.isEmpty() && (cell.charAt(0) == '\t' || cell.charAt(0) == '\r' || cell.charAt(0) == '\n');
        return formula || control ? "'" + cell : cell;
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
