package org.heshi.statistics.reports;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.heshi.statistics.board.Words;

/**
 * The days of a standard report.
 *
 * @param from first day
 * @param to   last day, itself included
 */
public record Period(Length length, LocalDate from, LocalDate to) {

    /** How long. A week begins on Monday. */
    public enum Length {
        DAY, WEEK, MONTH, QUARTER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Length> find(String code) {
            return Stream.of(values()).filter(length -> length.code().equals(code)).findFirst();
        }
    }

    /** The one in which this day lies. */
    public static Period of(Length length, LocalDate day) {
        return switch (length) {
            case DAY -> new Period(length, day, day);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new Period(length, monday, monday.plusDays(6));
            }
            case MONTH -> new Period(length, day.withDayOfMonth(1), YearMonth.from(day).atEndOfMonth());
            case QUARTER -> {
                LocalDate first = day.with(IsoFields.DAY_OF_QUARTER, 1);
                yield new Period(length, first, first.plusMonths(3).minusDays(1));
            }
        };
    }

    public static Period month(YearMonth month) {
        return of(Length.MONTH, month.atDay(1));
    }

    public Period before() {
        return of(length, from.minusDays(1));
    }

    Period next() {
        return of(length, to.plusDays(1));
    }

    /** The same one a year earlier; of a week the one 52 weeks earlier, so that weekdays stand beside the same weekdays. */
    Period yearBefore() {
        return length == Length.WEEK ? of(length, from.minusWeeks(52)) : of(length, from.minusYears(1));
    }

    boolean over(LocalDate today) {
        return to.isBefore(today);
    }

    /** What of it has been. */
    Period upTo(LocalDate today) {
        return over(today) ? this : new Period(length, from, today);
    }

    /** As many of its first days as that one has, all of it when that one is whole: so what is not over is compared with as much. */
    Period asMuchAs(Period part) {
        boolean whole = part.equals(of(length, part.from));
        LocalDate last = from.plusDays(ChronoUnit.DAYS.between(part.from, part.to));
        return whole || last.isAfter(to) ? this : new Period(length, from, last);
    }

    /** As it is called: 2026年7月; where only a part of it has been the whole is meant. */
    public String name(Words words) {
        LocalDate last = of(length, from).to;
        return words.t("reports.period." + length.code(), year(), monthName(from, words), Integer.toString(from.getDayOfMonth()),
                Integer.toString(from.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)), Integer.toString(from.get(IsoFields.QUARTER_OF_YEAR)),
                monthName(last, words), Integer.toString(last.getDayOfMonth()));
    }

    private String year() {
        return Integer.toString(length == Length.WEEK ? from.get(IsoFields.WEEK_BASED_YEAR) : from.getYear());
    }

    /** July, and 7月: the long name would be 七月. */
    static String monthName(LocalDate day, Words words) {
        return day.getMonth().getDisplayName(words.locale().getLanguage().equals("zh") ? TextStyle.SHORT : TextStyle.FULL, words.locale());
    }
}
