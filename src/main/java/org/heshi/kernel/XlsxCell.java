package org.heshi.kernel;

import java.math.BigDecimal;
import java.util.Locale;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of a spreadsheet says as text. Nothing in it is evaluated: the value that a formula had last is not taken.
 *
 * @param text  empty where there is trouble
 * @param wrong what is: nothing, or why it cannot be taken
 */
public record XlsxCell(String text, Wrong wrong) {

    public enum Wrong {
        NOTHING, FORMULA, ERROR,
        /** A number that is no time, where a time is asked for. */
        NO_DATE,
        /** A time, where none is asked for: as text it would be a number that nobody typed. */
        DATE
    }

    private static final XlsxCell EMPTY = new XlsxCell("", Wrong.NOTHING);
    /** A spreadsheet keeps fifteen. */
    private static final int DIGITS = 40;
    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(200_000);

    /** @param time whether a time is asked for; it is answered as {@code 2026-07-01T08:30} */
    public static XlsxCell of(@Nullable Cell cell, boolean time) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return EMPTY;
        }
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            return new XlsxCell("", Wrong.FORMULA);
        }
        return switch (cell.getType()) {
            case STRING -> new XlsxCell(cell.asString(), Wrong.NOTHING);
            case NUMBER -> number(cell, time);
            case BOOLEAN -> new XlsxCell(String.valueOf(cell.getRawValue()), Wrong.NOTHING);
            case FORMULA, ERROR, EMPTY -> new XlsxCell("", Wrong.ERROR);
        };
    }

    /** A time is kept as a number with the form of a date; elsewhere a number is its digits: 330681, not 330681.0. */
    private static XlsxCell number(Cell cell, boolean time) {
        String form = String.valueOf(cell.getDataFormatString()).toLowerCase(Locale.ROOT);
        boolean dated = form.contains("y") || form.contains("年") || form.contains("d") && form.contains("m");
        if (!time) {
            BigDecimal number = new BigDecimal(cell.getRawValue());
            if (number.precision() > DIGITS || Math.abs(number.scale()) > DIGITS) {
                // written out it would be as long as it says it is
                return new XlsxCell("", Wrong.ERROR);
            }
            return dated ? new XlsxCell("", Wrong.DATE) : new XlsxCell(number.stripTrailingZeros().toPlainString(), Wrong.NOTHING);
        }
        BigDecimal days = cell.asNumber();
        return dated && days.signum() > 0 && days.compareTo(LAST_DAY) <= 0 ? new XlsxCell(cell.asDate().withNano(0).toString(), Wrong.NOTHING) : new XlsxCell("", Wrong.NO_DATE);
    }

    /** As people call a cell: B3. Both count from 0. */
    public static String reference(int row, int column) {
        StringBuilder letters = new StringBuilder();
        for (int left = column + 1; left > 0; left = (left - 1) / 26) {
            letters.insert(0, (char) ('A' + (left - 1) % 26));
        }
        return letters.append(row + 1).toString();
    }
}
