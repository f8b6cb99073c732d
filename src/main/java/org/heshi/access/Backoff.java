package org.heshi.access;

import java.time.Duration;
import java.util.Optional;

/**
 * Makes whoever fails again and again wait longer each time, and never for ever. Counted in PostgreSQL before the try is made, so that many
 * tries at once are as few as the same tries one after the other.
 */
public interface Backoff {

    /**
     * @param free  failures that cost nothing
     * @param first the wait after the next one; each further one doubles it
     * @param most  no wait is longer
     */
    record Patience(int free, Duration first, Duration most) {
    }

    /** Counts a try as a failure and lets it be made; or, while a wait runs, counts nothing and says how long it still lasts. */
    Optional<Duration> tryBegin(String purpose, String key, Patience patience);

    /** The try that was begun last was a good one: it and all before it are forgotten. */
    void succeeded(String purpose, String key);
}
