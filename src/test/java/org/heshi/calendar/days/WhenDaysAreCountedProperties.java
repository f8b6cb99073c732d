package org.heshi.calendar.days;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Limit;
import org.heshi.calendar.Limit.Unit;
import org.heshi.calendar.Pause;
import org.heshi.calendar.ServiceHours;

/** Against a count day by day, or minute by minute, that shares nothing with the calendar but the file of days. */
class WhenDaysAreCountedProperties {

    private static final Calendar CALENDAR = Calendar.shipped();
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Set<LocalDate> REST = new TreeSet<>();
    private static final Set<LocalDate> WORK = new TreeSet<>();

    static {
        ShippedNotices.all().forEach(notice -> notice.days().forEach(day -> (day.kind() == NoticeDay.Kind.HOLIDAY ? REST : WORK).add(day.day())));
    }

    private static boolean works(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return WORK.contains(day) || !weekend && !REST.contains(day);
    }

    /** Second by second would be too slow: a start lies on any second, the naive clock walks from midnight to midnight. */
    private static Instant midnightAfter(LocalDate day) {
        return day.plusDays(1).atStartOfDay(SHANGHAI).toInstant();
    }

    @Provide
    Arbitrary<Instant> starts() {
        return Arbitraries.longs().between(Instant.parse("2003-12-31T16:00:00Z").getEpochSecond(), Instant.parse("2025-12-30T16:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Property
    void endsAtTheMidnightOfTheLastDay(@ForAll("starts") Instant start, @ForAll @IntRange(min = 1, max = 200) int amount, @ForAll boolean rolls) {
        LocalDate first = start.atZone(SHANGHAI).toLocalDate();
        LocalDate day = first;
        for (int i = 0; i < amount; i++) {
            day = day.plusDays(1);
        }
        while (rolls && !works(day)) {
            day = day.plusDays(1);
        }
        assertThat(CALENDAR.due(new Limit(Unit.DAY, amount, rolls), start, ServiceHours.ALWAYS).at()).isEqualTo(midnightAfter(day));

        LocalDate workday = first;
        for (int i = 0; i < amount;) {
            workday = workday.plusDays(1);
            i += works(workday) ? 1 : 0;
        }
        assertThat(CALENDAR.due(new Limit(Unit.WORKDAY, amount, rolls), start, ServiceHours.ALWAYS).at()).isEqualTo(midnightAfter(workday));
        assertThat(CALENDAR.workdays(first, workday)).isEqualTo(amount);
    }

    @Property
    void endsOnTheSameDayOfALaterMonthOrOnItsLast(@ForAll("starts") Instant start, @ForAll @IntRange(min = 1, max = 24) int amount) {
        LocalDate first = start.atZone(SHANGHAI).toLocalDate();
        int month = first.getYear() * 12 + first.getMonthValue() - 1 + amount;
        LocalDate last = LocalDate.of(month / 12, month % 12 + 1, 1);
        for (LocalDate day = last; day.getMonth() == last.getMonth() && day.getDayOfMonth() <= first.getDayOfMonth(); day = day.plusDays(1)) {
            last = day;
        }
        assertThat(CALENDAR.due(new Limit(Unit.MONTH, amount, false), start, ServiceHours.ALWAYS).at()).isEqualTo(midnightAfter(last));
    }

    @Property
    void aPauseMovesDaysByTheMidnightsAndWorkingDaysInIt(@ForAll("starts") Instant start, @ForAll @IntRange(min = 1, max = 90) int amount,
            @ForAll @LongRange(max = 20 * 86_400) long untilPause, @ForAll @LongRange(max = 40 * 86_400) long paused) {
        Instant from = start.plusSeconds(untilPause);
        Instant to = from.plusSeconds(paused);
        int midnights = 0;
        int workingDays = 0;
        for (LocalDate day = from.atZone(SHANGHAI).toLocalDate(); !midnightAfter(day).isAfter(to); day = day.plusDays(1)) {
            midnights++;
            workingDays += works(day) ? 1 : 0;
        }
        Limit days = new Limit(Unit.DAY, amount, false);
        Instant due = CALENDAR.due(days, start, ServiceHours.ALWAYS).at();
        Instant moved = CALENDAR.shifted(days, due, from, to, ServiceHours.ALWAYS);
        assertThat(Duration.between(due, moved)).isEqualTo(Duration.ofDays(midnights));
        assertThat(CALENDAR.due(days, start, ServiceHours.ALWAYS, List.of(new Pause(from, to))).at()).isEqualTo(moved);

        Limit workdays = new Limit(Unit.WORKDAY, amount, false);
        due = CALENDAR.due(workdays, start, ServiceHours.ALWAYS).at();
        moved = CALENDAR.shifted(workdays, due, from, to, ServiceHours.ALWAYS);
        int between = 0;
        for (LocalDate day = due.atZone(SHANGHAI).toLocalDate(); midnightAfter(day).compareTo(moved) <= 0; day = day.plusDays(1)) {
            between += works(day) ? 1 : 0;
        }
        assertThat(between).isEqualTo(workingDays);
        assertThat(works(moved.atZone(SHANGHAI).toLocalDate().minusDays(1))).isTrue();
        assertThat(CALENDAR.due(workdays, start, ServiceHours.ALWAYS, List.of(new Pause(from, to))).at()).isEqualTo(moved);
        assertThat(CALENDAR.due(workdays, start, ServiceHours.ALWAYS).at()).isEqualTo(due);

        Limit hours = new Limit(Unit.HOUR, amount, false);
        due = CALENDAR.due(hours, start, ServiceHours.ALWAYS).at();
        assertThat(due).isEqualTo(start.plusSeconds(3600L * amount));
        assertThat(CALENDAR.shifted(hours, due, from, to, ServiceHours.ALWAYS)).isEqualTo(due.plusSeconds(paused));
    }

    @Property(tries = 300)
    void hoursRunWithinServiceHoursOnly(@ForAll("starts") Instant anyStart, @ForAll @IntRange(min = 1, max = 60) int amount,
            @ForAll @LongRange(max = 5000) long untilPause, @ForAll @LongRange(max = 9000) long paused) {
        ServiceHours hours = ServiceHours.parse("workday 08:30-12:00,14:00-17:30");
        Instant start = Instant.ofEpochSecond(anyStart.getEpochSecond() / 60 * 60);
        Limit limit = new Limit(Unit.HOUR, amount, false);
        Instant due = CALENDAR.due(limit, start, hours).at();
        assertThat(minutesServed(start, due)).isEqualTo(60L * amount);
        assertThat(minutesServed(due.minusSeconds(60), due)).as("the minute before it is over").isEqualTo(1);
        Instant from = start.plusSeconds(60 * untilPause);
        Instant to = from.plusSeconds(60 * paused);
        assertThat(CALENDAR.served(from, to, hours)).isEqualTo(Duration.ofMinutes(minutesServed(from, to)));
        Instant moved = CALENDAR.shifted(limit, due, from, to, hours);
        assertThat(minutesServed(due, moved)).isEqualTo(minutesServed(from, to));
        assertThat(CALENDAR.due(limit, start, hours, List.of(new Pause(from, to))).at()).isEqualTo(moved);
    }

    private static long minutesServed(Instant from, Instant to) {
        long served = 0;
        for (Instant at = from; at.isBefore(to);) {
            var here = at.atZone(SHANGHAI);
            if (!works(here.toLocalDate())) {
                at = midnightAfter(here.toLocalDate());
                continue;
            }
            int minute = here.getHour() * 60 + here.getMinute();
            served += minute >= 510 && minute < 720 || minute >= 840 && minute < 1050 ? 1 : 0;
            at = at.plusSeconds(60);
        }
        return served;
    }

    @Property(tries = 200)
    void theZoneOfTheMachineMakesNoDifference(@ForAll("starts") Instant start, @ForAll @IntRange(min = 1, max = 100) int amount, @ForAll Unit unit,
            @ForAll boolean rolls) {
        Limit limit = new Limit(unit, amount, rolls);
        ServiceHours hours = ServiceHours.parse("mon,tue,wed,thu,fri 09:00-17:00");
        TimeZone former = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(SHANGHAI));
            Instant here = CALENDAR.due(limit, start, hours).at();
            for (String zone : List.of("UTC", "America/New_York", "Pacific/Kiritimati")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                assertThat(Calendar.shipped().due(limit, start, hours).at()).as(zone).isEqualTo(here);
                assertThat(CALENDAR.left(unit, start, here)).as(zone).isEqualTo(CALENDAR.left(unit, start, here));
            }
        } finally {
            TimeZone.setDefault(former);
        }
    }

    @Property
    void limitsReadBackWhatTheyWrite(@ForAll @IntRange(min = 1, max = 3650) int amount, @ForAll Unit unit, @ForAll boolean rolls) {
        Limit limit = new Limit(unit, amount, rolls);
        assertThat(Limit.parse(limit.toString())).isEqualTo(limit);
        assertThat(Limit.parse("  " + limit.toString().toLowerCase() + " ")).isEqualTo(limit);
    }

    @Property
    void noOtherTextIsALimit(@ForAll String text) {
        if (!text.strip().toLowerCase().matches("\\d+\\s+(hour|day|workday|month)s?(\\s+rolls)?")) {
            assertThatThrownBy(() -> Limit.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
