package org.heshi.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The one civil time of the program: Asia/Shanghai, whatever the host's zone is. */
public final class CivilTime {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    /** Before it nothing is asked for by month. */
    public static final YearMonth FIRST_MONTH = YearMonth.of(2004, 1);

    private CivilTime() {
    }

    public static ZonedDateTime of(Instant instant) {
        return instant.atZone(ZONE);
    }

    public static LocalDate dateOf(Instant instant) {
        return of(instant).toLocalDate();
    }

    /** The first instant of a civil day. */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** A month as a form sends it ({@code 2026-11}); empty when it is none. */
    public static Optional<YearMonth> month(String typed) {
        try {
            return Optional.of(YearMonth.parse(typed));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The month asked for; the one of that moment when none was, or one that is not a month, lies ahead of it or before {@link #FIRST_MONTH}. */
    public static YearMonth monthUpTo(Instant now, String typed) {
        YearMonth current = YearMonth.from(dateOf(now));
        return month(typed).filter(month -> !month.isAfter(current) && !month.isBefore(FIRST_MONTH)).orElse(current);
    }
}
