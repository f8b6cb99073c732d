package org.heshi.notices.mail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Goes to the outbox every few seconds while the program serves, if there is a mail server or a stand-in for one. */
@Component
@ConditionalOnWebApplication
class Postman implements SmartLifecycle {

    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private final MailWay way;
    private final Outbox outbox;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    Postman(MailWay way, Outbox outbox) {
        this.way = way;
        this.outbox = outbox;
    }

    @Override
    public void start() {
        if (way.mayOpen()) {
            running = true;
            thread = Thread.ofVirtual().name("postman").start(this::rounds);
        }
    }

    private void rounds() {
        while (running) {
            Duration pause = ROUND;
            try {
                if (way.open()) {
                    outbox.sendDue();
                }
            } catch (RuntimeException e) {
                if (!running) {
                    return;
                }
                LOG.error("the outbox failed and is tried again", e);
                pause = AFTER_FAILURE;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread going = thread;
        if (going != null) {
            LockSupport.unpark(going);
            try {
                going.join(Duration.ofSeconds(10));
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
