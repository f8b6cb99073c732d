package org.heshi.matters.clock;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
            while (running) {
                try {
                    if (recount.round() + lapses.round() + watch.round() == 0) {
                        LockSupport.parkNanos(REST.toNanos());
                    }
                } catch (RuntimeException e) {
                    if (running) {
                        LOG.error("the watch over limits failed and goes on in {}", AFTER_A_FAILURE, e);
                        LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
                    }
                }
            }
        });
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
