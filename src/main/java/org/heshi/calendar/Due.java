package org.heshi.calendar;

import java.time.Instant;
import java.util.Objects;

/**
 * When a limit is over.
 *
 * @param at          the first instant that is too late: for days, working days and months the midnight after the last day
 * @param provisional whether a notice that has not come yet may still change it
 */
public record Due(Instant at, boolean provisional) {

    public Due {
        Objects.requireNonNull(at, "at");
    }
}
