package org.heshi.boot.keeping;

import java.time.Duration;
import java.util.function.Consumer;

/** Says how far something has come, not more often than every two seconds. */
final class Progress {

    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private final Consumer<String> out;
    private final String what;
    private final String unit;
    private final long one;
    private final long total;
    private long done;
    private long said = System.nanoTime();

    /**
     * @param one   how much of what is counted makes one unit
     * @param total how much there is, as counted; 0 when nobody knows
     */
    Progress(Consumer<String> out, String what, String unit, long one, long total) {
        this.out = out;
        this.what = what;
        this.unit = unit;
        this.one = one;
        this.total = total;
    }

    void step(long more) {
        done += more;
        if (System.nanoTime() - said > EVERY) {
            said = System.nanoTime();
            out.accept(total == 0 ? "%s: %,d %s".formatted(what, done / one, unit) : "%s: %,d of %,d %s".formatted(what, done / one, Math.max(done, total) / one, unit));
        }
    }
}
