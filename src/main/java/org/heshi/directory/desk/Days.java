package org.heshi.directory.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;

/** Civil days as administrators type them; a last day counts whole, so what ends with it ends at the next midnight in Asia/Shanghai. */
public final class Days {

    private Days() {
    }

    /** A date as a date field sends it, {@code 2026-03-02}; empty when it is none, or not between 1950 and 2200. */
    public static Optional<LocalDate> parse(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            return day.getYear() >= 1950 && day.getYear() <= 2200 ? Optional.of(day) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public static Instant endOf(LocalDate lastDay) {
        return CivilTime.startOf(lastDay.plusDays(1));
    }

    /** As a parameter of a statement. */
    public static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
