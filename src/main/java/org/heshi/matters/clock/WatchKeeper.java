package org.heshi.matters.clock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps the watch over limits while the program serves, lets lapse what nobody made use of, and counts them again when the holidays are announced. */
@Component
@ConditionalOnWebApplication
class WatchKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WatchKeeper.class);
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(30);

    private final Watch watch;
    private final Recount recount;
    private final Lapses lapses;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    WatchKeeper(Watch watch, Recount recount, Lapses lapses) {
        this.watch = watch;
        this.recount = recount;
        this.lapses = lapses;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("watch over limits").start(() -> {
            List<Part> parts = List.of(new Part("the count of limits", recount::round), new Part("what lapses", lapses::round),
                    new Part("the watch over limits", watch::round));
            while (running) {
                if (parts.stream().mapToInt(this::round).sum() == 0) {
                    LockSupport.parkNanos(REST.toNanos());
                }
            }
        });
    }

    /** What is done again and again; one that fails rests a while, and the others go on. */
    private static final class Part {
        private final String name;
        private final IntSupplier work;
        private long restsUntil = System.nanoTime();

        private Part(String name, IntSupplier work) {
            this.name = name;
            this.work = work;
        }
    }

    /** @return how much was done */
    private int round(Part part) {
        if (!running || System.nanoTime() - part.restsUntil < 0) {
            return 0;
        }
        try {
            return part.work.getAsInt();
        } catch (RuntimeException e) {
            if (running) {
                LOG.error("{} failed and goes on in {}", part.name, AFTER_A_FAILURE, e);
                part.restsUntil = System.nanoTime() + AFTER_A_FAILURE.toNanos();
            }
            return 0;
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread started = thread;
        if (started != null) {
            LockSupport.unpark(started);
            try {
                started.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
