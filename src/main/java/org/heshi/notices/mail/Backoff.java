package org.heshi.notices.mail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a mail that failed is tried again: soon at first, then ever later, for about three days in all; then never. */
final class Backoff {

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(30),
            Duration.ofHours(1), Duration.ofHours(3), Duration.ofHours(6), Duration.ofHours(12), Duration.ofHours(24), Duration.ofHours(24));

    private Backoff() {
    }

    /** The pause after so many failed attempts, 1 or more; empty: give it up. */
    static Optional<Duration> after(int attempts) {
        return attempts <= PAUSES.size() ? Optional.of(PAUSES.get(attempts - 1)) : Optional.empty();
    }
}
