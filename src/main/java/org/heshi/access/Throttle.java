package org.heshi.access;

import java.time.Duration;

/**
 * How often something may be done, counted in PostgreSQL so that all processes count together (decision 10). What is counted is kept as a
 * keyed digest whose key is thrown away after two days.
 */
public interface Throttle {

    /**
     * Takes one of the tries that are left. They come back evenly: after {@code per / limit} one more, after {@code per} all.
     *
     * @param purpose what is limited, as {@code report}
     * @param key     whose tries are counted, as {@link ClientAddress#of}
     * @return false when none is left, and then nothing is taken
     */
    boolean tryTake(String purpose, String key, int limit, Duration per);

    /** Gives one back that was taken with the same limit: where only failures shall count, as behind an address that a whole hall shares. */
    void giveBack(String purpose, String key, int limit, Duration per);
}
