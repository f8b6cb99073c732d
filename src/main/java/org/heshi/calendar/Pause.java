package org.heshi.calendar;

import java.time.Instant;
import java.util.Objects;

/** A time in which a clock stood still: {@code from} is in it, {@code to} is not. */
public record Pause(Instant from, Instant to) {

    public Pause {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a pause ends after it began: " + from + " to " + to);
        }
    }
}
