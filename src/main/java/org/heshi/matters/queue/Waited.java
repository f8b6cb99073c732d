package org.heshi.matters.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * How long something has waited, as people say it: minutes, then hours, from the second day on days.
 *
 * @param unit {@code minutes}, {@code hours} or {@code days}: the end of the message key
 */
public record Waited(String unit, long count) {

    /** Whole units, never less than none: a clock a little ahead is no negative wait. */
    public static Waited between(Instant since, Instant now) {
        Duration waited = since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
        if (waited.toHours() < 1) {
            return new Waited("minutes", waited.toMinutes());
        }
        return waited.toDays() < 1 ? new Waited("hours", waited.toHours()) : new Waited("days", waited.toDays());
    }

    public String key() {
        return "matters.waited." + unit;
    }
}
