package org.heshi.proof.head;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Signs a head every hour while the program serves, and sends it out. Does not begin without the log's key. */
@Component
@ConditionalOnWebApplication
class HeadKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);
    private static final Duration REST = Duration.ofSeconds(10);

    private final LogKeys keys;
    private final Heads heads;
    private final Witnesses witnesses;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    HeadKeeper(LogKeys keys, Heads heads, Witnesses witnesses) {
        this.keys = keys;
        this.heads = heads;
        this.witnesses = witnesses;
    }

    @Override
    public void start() {
        keys.signing();
        running = true;
        thread = Thread.ofVirtual().name("heads of the log").start(() -> {
            while (running) {
                round("signing the head of the log", heads::sign);
                round("sending heads to witnesses", witnesses::sendDue);
                LockSupport.parkNanos(REST.toNanos());
            }
        });
    }

    private void round(String what, Runnable work) {
        try {
            if (running) {
                work.run();
            }
        } catch (RuntimeException e) {
            if (running) {
                LOG.error("{} failed and is tried again", what, e);
            }
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
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
