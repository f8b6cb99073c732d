package org.heshi.calendar;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something may take.
 *
 * @param amount 1 to {@value #MOST}
 * @param rolls  whether a last day that is no working day moves to the next working day; without effect on HOUR, and on WORKDAY, whose last
 *               day is one
 */
public record Limit(Unit unit, int amount, boolean rolls) {

    /** Ten years of days: a longer limit is a slip of the hand. */
    public static final int MOST = 3650;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s+(hour|day|workday|month)s?(\\s+rolls)?", Pattern.CASE_INSENSITIVE);

    /** HOUR runs by the second within service hours; the others end at 24:00 Asia/Shanghai, and the day they start on is not counted. */
    public enum Unit {
        HOUR, DAY, WORKDAY, MONTH
    }

    public Limit {
        Objects.requireNonNull(unit, "unit");
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException("a limit is 1 to " + MOST + " long, not " + amount);
        }
    }

    /**
     * As procedure files write it: {@code 2 HOUR}, {@code 15 DAY}, {@code 5 workday}, {@code 1 MONTH}, {@code 15 DAY rolls}.
     *
     * @throws IllegalArgumentException when it is no limit, with a sentence that says what one is
     */
    public static Limit parse(String text) {
        Matcher read = TEXT.matcher(text.strip());
        if (!read.matches()) {
            throw new IllegalArgumentException("not a limit: \"" + text + "\"; write 2 HOUR, 15 DAY, 5 WORKDAY or 1 MONTH, and rolls after it if it rolls");
        }
        return new Limit(Unit.valueOf(read.group(2).toUpperCase(Locale.ROOT)), Integer.parseInt(read.group(1)), read.group(3) != null);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return amount + " " + unit + (rolls ? " rolls" : "");
    }
}
