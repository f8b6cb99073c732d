package org.heshi.calendar.days;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Due;
import org.heshi.calendar.Left;
import org.heshi.calendar.Limit;
import org.heshi.calendar.Limit.Unit;
import org.heshi.calendar.Pause;
import org.heshi.calendar.ServiceHours;
import org.junit.jupiter.api.Test;

class WhenALimitIsGivenTests {

    private final Calendar calendar = Calendar.shipped();

    private static Instant at(String civil) {
        return LocalDateTime.parse(civil).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    }

    private Due due(String limit, String start) {
        return calendar.due(Limit.parse(limit), at(start), ServiceHours.ALWAYS);
    }

    @Test
    void refusesLimitsThatAreNone() {
        for (String text : List.of("0 DAY", "-1 DAY", "10000 DAY", "3651 WORKDAY", "5", "DAY", "5DAY", "5 YEAR", "99999999999 DAY", "", "1.5 HOUR")) {
            assertThatThrownBy(() -> Limit.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Limit.parse("5 workdays")).isEqualTo(new Limit(Unit.WORKDAY, 5, false));
        assertThat(Limit.parse("15 DAY rolls")).isEqualTo(new Limit(Unit.DAY, 15, true));
    }

    @Test
    void knowsTheYearsThatAreShipped() {
        for (int year = 2004; year <= 2026; year++) {
            assertThat(calendar.provisional(year)).as("%s", year).isFalse();
        }
        assertThat(calendar.provisional(2003)).isTrue();
        assertThat(calendar.provisional(2027)).isTrue();
        assertThat(calendar.workdays(LocalDate.of(2024, 12, 31), LocalDate.of(2025, 12, 31))).isEqualTo(248);
        assertThat(calendar.isWorkday(LocalDate.of(2026, 2, 14))).as("a Saturday worked on before the Spring Festival of 2026").isTrue();
        assertThat(calendar.isWorkday(LocalDate.of(2026, 2, 16))).isFalse();
        assertThat(calendar.isWorkday(LocalDate.of(2007, 12, 29))).as("a Saturday worked on for 2008").isTrue();
        assertThat(calendar.isWorkday(LocalDate.of(2007, 12, 31))).as("a Monday off for 2008").isFalse();
    }

    @Test
    void countsAcrossTheSpringFestival() {
        // 13 February 2026 is a Friday; the 14th is worked on, 15 to 23 are off, work begins again on the 24th
        assertThat(due("5 WORKDAY", "2026-02-13T09:00:00")).isEqualTo(new Due(at("2026-02-28T00:00:00"), false));
        assertThat(due("5 DAY", "2026-02-13T23:59:59")).isEqualTo(new Due(at("2026-02-19T00:00:00"), false));
        assertThat(due("5 DAY rolls", "2026-02-13T23:59:59")).isEqualTo(new Due(at("2026-02-25T00:00:00"), false));
    }

    @Test
    void endsOnTheLastDayOfAMonthThatHasNoSuchDay() {
        assertThat(due("1 MONTH", "2024-01-31T10:00:00").at()).isEqualTo(at("2024-03-01T00:00:00"));
        assertThat(due("1 MONTH", "2025-01-31T10:00:00").at()).isEqualTo(at("2025-03-01T00:00:00"));
        assertThat(due("12 MONTH", "2024-02-29T10:00:00").at()).isEqualTo(at("2025-03-01T00:00:00"));
        assertThat(due("48 MONTH", "2024-02-29T10:00:00").at()).isEqualTo(at("2028-03-01T00:00:00"));
        assertThat(due("1 DAY", "2024-02-28T10:00:00").at()).isEqualTo(at("2024-03-01T00:00:00"));
        assertThat(due("1 MONTH", "2026-01-15T10:00:00").at()).isEqualTo(at("2026-02-16T00:00:00"));
    }

    @Test
    void saysWhatANoticeToComeMayChange() {
        assertThat(due("5 WORKDAY", "2026-12-14T10:00:00").provisional()).isFalse();
        assertThat(due("10 WORKDAY", "2026-12-14T10:00:00").provisional()).as("reaches the last week, of which the next notice may speak").isTrue();
        assertThat(due("5 WORKDAY", "2027-03-01T10:00:00")).isEqualTo(new Due(at("2027-03-09T00:00:00"), true));
        assertThat(due("30 DAY", "2027-03-01T10:00:00").provisional()).as("days by their letter").isFalse();
        assertThat(due("30 DAY rolls", "2027-03-01T10:00:00").provisional()).isTrue();
        Known announced = Known.of(ShippedNotices.all(), 23).with(new Notice(2027, "试验", Optional.of(Instant.EPOCH),
                List.of(new NoticeDay(LocalDate.of(2026, 12, 28), NoticeDay.Kind.HOLIDAY, "元旦"), new NoticeDay(LocalDate.of(2026, 12, 26), NoticeDay.Kind.WORKDAY, "元旦"))));
        assertThat(announced.edition()).isEqualTo(24);
        assertThat(announced.isWorkday(LocalDate.of(2026, 12, 28))).isFalse();
        assertThat(announced.isWorkday(LocalDate.of(2026, 12, 26))).isTrue();
        assertThat(announced.due(Limit.parse("10 WORKDAY"), at("2026-12-14T10:00:00"), ServiceHours.ALWAYS)).isEqualTo(new Due(at("2026-12-27T00:00:00"), false));
    }

    @Test
    void countsDaysOutsideOfWhatItKnowsFromWeekends() {
        assertThat(due("5 WORKDAY", "1968-01-05T10:00:00")).isEqualTo(new Due(at("1968-01-13T00:00:00"), true));
        assertThat(due("3650 WORKDAY", "2100-01-01T10:00:00").provisional()).isTrue();
    }

    @Test
    void saysWhatIsLeftAndByHowMuchItIsOver() {
        Instant due = due("5 WORKDAY", "2026-11-13T10:00:00").at();
        assertThat(due).isEqualTo(at("2026-11-21T00:00:00"));
        assertThat(calendar.left(Unit.WORKDAY, at("2026-11-14T10:00:00"), due)).isEqualTo(new Left(Unit.WORKDAY, 5, false));
        assertThat(calendar.left(Unit.WORKDAY, at("2026-11-18T10:00:00"), due)).isEqualTo(new Left(Unit.WORKDAY, 2, false));
        assertThat(calendar.left(Unit.WORKDAY, at("2026-11-20T23:59:59"), due)).isEqualTo(new Left(Unit.WORKDAY, 0, false));
        assertThat(calendar.left(Unit.WORKDAY, at("2026-11-21T00:00:00"), due)).isEqualTo(new Left(Unit.WORKDAY, 0, true));
        assertThat(calendar.left(Unit.WORKDAY, at("2026-11-23T08:00:00"), due)).isEqualTo(new Left(Unit.WORKDAY, 1, true));
        assertThat(calendar.left(Unit.DAY, at("2026-11-18T10:00:00"), due)).isEqualTo(new Left(Unit.DAY, 2, false));
        assertThat(calendar.left(Unit.MONTH, at("2026-11-23T10:00:00"), due)).isEqualTo(new Left(Unit.DAY, 3, true));
        assertThat(calendar.left(Unit.HOUR, at("2026-11-20T22:00:01"), due)).isEqualTo(new Left(Unit.HOUR, 1, false));
    }

    @Test
    void runsHoursWithinServiceHours() {
        ServiceHours office = ServiceHours.parse("workday 08:30-12:00,14:00-17:30");
        assertThat(calendar.due(Limit.parse("2 HOUR"), at("2026-11-20T17:00:00"), office).at()).isEqualTo(at("2026-11-23T10:00:00"));
        assertThat(calendar.due(Limit.parse("2 HOUR"), at("2026-11-20T10:00:00"), office).at()).isEqualTo(at("2026-11-20T12:00:00"));
        assertThat(calendar.due(Limit.parse("2 HOUR"), at("2026-11-20T17:00:00"), ServiceHours.ALWAYS).at()).isEqualTo(at("2026-11-20T19:00:00"));
        assertThat(calendar.due(Limit.parse("24 HOUR"), at("2026-11-20T17:00:00"), ServiceHours.parse("daily 00:00-24:00")).at()).isEqualTo(at("2026-11-21T17:00:00"));
        for (String text : List.of("always", "workday 08:30-12:00,14:00-17:30", "daily 08:00-20:00", "mon,tue,sat 00:00-24:00")) {
            assertThat(ServiceHours.parse(text)).hasToString(text);
        }
        assertThat(ServiceHours.parse("daily 00:00-24:00").always()).isTrue();
        for (String text : List.of("", "never", "workday", "workday 12:00-08:00", "workday 08:00-12:00,11:00-15:00", "daily 08:00-08:30", "foo 08:00-12:00",
                "daily 08:00", "daily 25:00-26:00")) {
            assertThatThrownBy(() -> ServiceHours.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesPausesThatCannotBe() {
        Instant noon = at("2026-11-20T12:00:00");
        assertThatThrownBy(() -> new Pause(noon, noon.minusSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calendar.due(Limit.parse("5 DAY"), noon, ServiceHours.ALWAYS,
                List.of(new Pause(noon, noon.plusSeconds(100)), new Pause(noon.plusSeconds(99), noon.plusSeconds(200))))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calendar.shifted(Limit.parse("5 DAY"), noon, noon, noon.minusSeconds(1), ServiceHours.ALWAYS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPauseOverTheLastDayNeverLeavesALimitOverBeforeItEnds() {
        Instant due = due("5 WORKDAY", "2026-11-13T10:00:00").at();
        assertThat(calendar.shifted(Limit.parse("5 WORKDAY"), due, at("2026-11-20T10:00:00"), at("2026-11-21T10:00:00"), ServiceHours.ALWAYS))
                .isEqualTo(at("2026-11-24T00:00:00"));
        assertThat(calendar.shifted(Limit.parse("5 WORKDAY"), due, at("2026-11-14T10:00:00"), at("2026-11-16T10:00:00"), ServiceHours.ALWAYS))
                .as("a weekend ends no working day").isEqualTo(due);
    }
}
