package org.heshi.calendar.importing;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.heshi.calendar.days.Known;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.days.NoticeDay;

/**
 * What a notice would change.
 *
 * @param replaces whether there is a notice for this year already
 * @param before   working days of the year as they are counted now
 * @param after    working days of the year with this notice
 * @param changes  days that become working days or stop being some
 * @param lacking  days that the law makes holidays every year and that the notice does not name as such
 */
public record Preview(Notice notice, boolean replaces, long before, long after, List<Change> changes, List<LocalDate> lacking) {

    private static final List<MonthDay> EVERY_YEAR = List.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(10, 1), MonthDay.of(10, 2), MonthDay.of(10, 3));

    /** @param works whether it becomes a working day */
    public record Change(LocalDate day, boolean works) {
    }

    public Preview {
        changes = List.copyOf(changes);
        lacking = List.copyOf(lacking);
    }

    static Preview of(Notice notice, Known now) {
        Known then = now.with(notice);
        int year = notice.year();
        TreeSet<LocalDate> named = new TreeSet<>();
        notice.days().forEach(day -> named.add(day.day()));
        Optional<Notice> former = now.notice(year);
        former.ifPresent(f -> f.days().forEach(day -> named.add(day.day())));
        List<Change> changes = new ArrayList<>();
        for (LocalDate day : named) {
            if (now.isWorkday(day) != then.isWorkday(day)) {
                changes.add(new Change(day, then.isWorkday(day)));
            }
        }
        List<LocalDate> lacking = EVERY_YEAR.stream().map(day -> day.atYear(year))
                .filter(day -> notice.days().stream().noneMatch(d -> d.day().equals(day) && d.kind() == NoticeDay.Kind.HOLIDAY)).toList();
        return new Preview(notice, former.isPresent(), workdays(now, year), workdays(then, year), changes, lacking);
    }

    private static long workdays(Known calendar, int year) {
        return calendar.workdays(LocalDate.of(year - 1, 12, 31), LocalDate.of(year, 12, 31));
    }
}
