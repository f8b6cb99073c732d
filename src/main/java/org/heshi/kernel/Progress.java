package org.heshi.kernel;

import java.io.PrintStream;

/**
 * How far long work has come, as one line on standard error at most every half second: rewritten in place on a terminal, a line of its own
 * every ten seconds elsewhere. Safe for use by many threads.
 */
public final class Progress implements AutoCloseable {

    private static final long SHOWN_EVERY_NANOS = 500_000_000L;
    private static final long LOGGED_EVERY_NANOS = 10_000_000_000L;

    private final String what;
    private final long total;
    private final PrintStream out;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private long done;
    private long shownAt = began;

    /**
     * @param what  what is counted, in the plural
     * @param total how many there are; 0 or less when unknown
     */
    public Progress(String what, long total) {
        this(what, total, System.err, System.console() != null && System.console().isTerminal());
    }

    Progress(String what, long total, PrintStream out, boolean terminal) {
        this.what = what;
        this.total = total;
        this.out = out;
        this.terminal = terminal;
    }

    /** So many more are done. */
    public synchronized void add(long more) {
        done += more;
        long now = System.nanoTime();
        if (now - shownAt >= (terminal ? SHOWN_EVERY_NANOS : LOGGED_EVERY_NANOS)) {
            shownAt = now;
            out.print(terminal ? "\r" + line(now) : line(now) + System.lineSeparator());
            out.flush();
        }
    }

    /** Says the final figure. */
    @Override
    public synchronized void close() {
        out.println((terminal ? "\r" : "") + line(System.nanoTime()));
        out.flush();
    }

    private String line(long now) {
        double seconds = Math.max((now - began) / 1e9, 1e-3);
        String of = total > 0 ? "%,d of %,d %s (%d %%)".formatted(done, total, what, done * 100 / total) : "%,d %s".formatted(done, what);
        return "%s, %.0f s, %,.0f a second".formatted(of, seconds, done / seconds);
    }
}
