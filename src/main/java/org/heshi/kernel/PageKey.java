package org.heshi.kernel;

import java.time.Instant;
import java.util.Optional;

/** Times in the key where a page of a list ended, as they stand in an address: whole microseconds, as PostgreSQL keeps them, to the base of 36. */
public final class PageKey {

    private PageKey() {
    }

    public static String of(Instant at) {
        return Long.toString(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000, 36);
    }

    /** Empty for what {@link #of} never wrote. */
    public static Optional<Instant> instant(String text) {
        if (!text.matches("[0-9a-z]{1,12}")) {
            return Optional.empty();
        }
        long micros = Long.parseLong(text, 36);
        return Optional.of(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L));
    }
}
