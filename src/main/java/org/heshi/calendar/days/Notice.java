package org.heshi.calendar.days;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the State Council announced for a year. It may name days of the December before.
 *
 * @param source where it comes from, as somebody wrote it; empty for what the program ships
 * @param at     when it was taken in; empty for what the program ships
 * @param days   by date
 */
public record Notice(int year, String source, Optional<Instant> at, List<NoticeDay> days) {

    public Notice {
        days = days.stream().sorted().toList();
    }

    public boolean shipped() {
        return at.isEmpty();
    }
}
