package org.heshi.kernel;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that is done again and again in the background, with a rest between, until it is stopped; a round that fails is told of and done again. */
public final class Repeating {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Duration rest;
    private final Runnable round;
    private final Consumer<RuntimeException> failed;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /** @param failed is told of a round that failed */
    public Repeating(String name, Duration rest, Runnable round, Consumer<RuntimeException> failed) {
        this.name = name;
        this.rest = rest;
        this.round = round;
        this.failed = failed;
    }

    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(() -> {
            while (running) {
                try {
                    round.run();
                } catch (RuntimeException e) {
                    if (running) {
                        failed.accept(e);
                    }
                }
                if (running) {
                    LockSupport.parkNanos(rest.toNanos());
                }
            }
        });
    }

    /** Waits a while for the round that is being done. */
    public void stop() {
        running = false;
        Thread started = thread;
        if (started != null) {
            LockSupport.unpark(started);
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
