package org.heshi.kernel;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is done again and again in the background, with a rest between, until it is stopped; a round that fails is told of and done again after a rest. */
public final class Repeating {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Duration> round;
    private final Function<RuntimeException, Duration> failed;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /** @param failed is told of a round that failed */
    public Repeating(String name, Duration rest, Runnable round, Consumer<RuntimeException> failed) {
        this(name, () -> {
            round.run();
            return rest;
        }, e -> {
            failed.accept(e);
            return rest;
        });
    }

    /**
     * @param round  says how long to rest before the next one
     * @param failed is told of a round that failed, and says how long to rest after it
     */
    public Repeating(String name, Supplier<Duration> round, Function<RuntimeException, Duration> failed) {
        this.name = name;
        this.round = round;
        this.failed = failed;
    }

    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(() -> {
            while (running) {
                Duration rest = Duration.ZERO;
                try {
                    rest = round.get();
                } catch (RuntimeException e) {
                    if (running) {
                        rest = failed.apply(e);
                    }
                }
                if (running) {
                    LockSupport.parkNanos(rest.toNanos());
                }
            }
        });
    }

    /** The next round begins at once. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Waits a while for the round that is being done. */
    public void stop() {
        running = false;
        Thread started = thread;
        if (started != null) {
            wake();
            try {
                started.join(PATIENCE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean running() {
        return running;
    }
}
