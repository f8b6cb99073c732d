package org.heshi.calendar.year;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.calendar.days.Known;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.days.NoticeDay;

/**
 * One year as the program counts it.
 *
 * @param notice      the year's own; empty: computed from weekends, provisional
 * @param provisional whether it is
 * @param workdays    of the whole year
 * @param stretches   what notices say of this year's days, runs of one kind and name together
 * @param others      the notices of all years, newest first
 * @param last        the last year that can be shown
 */
public record YearPage(int year, Optional<Notice> notice, boolean provisional, long workdays, List<Month> months, List<Stretch> stretches, List<Notice> others,
        int last) {

    static final int FIRST = 2004;

    /** What a day is. */
    public enum Kind {
        ORDINARY, WEEKEND, HOLIDAY, WORKDAY;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param name of the holiday, or empty */
    public record Cell(LocalDate day, Kind kind, String name, boolean today) {
    }

    /** @param weeks Monday to Sunday each; empty where the day is another month's */
    public record Month(int number, long workdays, List<List<Optional<Cell>>> weeks) {
    }

    /** @param to included */
    public record Stretch(String name, boolean holiday, LocalDate from, LocalDate to) {

        public long days() {
            return to.toEpochDay() - from.toEpochDay() + 1;
        }
    }

    static YearPage of(int year, int last, LocalDate today, Known calendar) {
        List<Month> months = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            months.add(month(LocalDate.of(year, month, 1), today, calendar));
        }
        return new YearPage(year, calendar.notice(year), calendar.provisional(year), calendar.workdays(LocalDate.of(year - 1, 12, 31), LocalDate.of(year, 12, 31)),
                months, stretches(year, calendar), calendar.notices().reversed(), last);
    }

    private static Month month(LocalDate first, LocalDate today, Known calendar) {
        List<List<Optional<Cell>>> weeks = new ArrayList<>();
        LocalDate day = first.minusDays(first.getDayOfWeek().getValue() - 1);
        while (day.isBefore(first.plusMonths(1))) {
            List<Optional<Cell>> week = new ArrayList<>();
            for (int i = 0; i < 7; i++, day = day.plusDays(1)) {
                week.add(day.getMonth() == first.getMonth() ? Optional.of(cell(day, today, calendar)) : Optional.empty());
            }
            weeks.add(week);
        }
        return new Month(first.getMonthValue(), calendar.workdays(first.minusDays(1), first.plusMonths(1).minusDays(1)), weeks);
    }

    private static Cell cell(LocalDate day, LocalDate today, Known calendar) {
        Optional<NoticeDay> said = calendar.said(day);
        Kind kind = said.map(s -> s.kind() == NoticeDay.Kind.HOLIDAY ? Kind.HOLIDAY : Kind.WORKDAY)
                .orElse(calendar.isWorkday(day) ? Kind.ORDINARY : Kind.WEEKEND);
        return new Cell(day, kind, said.map(NoticeDay::name).orElse(""), day.equals(today));
    }

    private static List<Stretch> stretches(int year, Known calendar) {
        List<Stretch> stretches = new ArrayList<>();
        for (LocalDate day = LocalDate.of(year, 1, 1); day.getYear() == year; day = day.plusDays(1)) {
            Optional<NoticeDay> said = calendar.said(day);
            if (said.isEmpty()) {
                continue;
            }
            boolean holiday = said.get().kind() == NoticeDay.Kind.HOLIDAY;
            Stretch before = stretches.isEmpty() ? null : stretches.getLast();
            if (before != null && before.holiday() == holiday && before.name().equals(said.get().name()) && before.to().plusDays(1).equals(day)) {
                stretches.set(stretches.size() - 1, new Stretch(before.name(), holiday, before.from(), day));
            } else {
                stretches.add(new Stretch(said.get().name(), holiday, day, day));
            }
        }
        return stretches;
    }
}
