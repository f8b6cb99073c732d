package org.heshi.identity.session;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Erases visits that have ended. */
@Component
@ConditionalOnWebApplication
class SessionSweeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSweeper.class);

    private final Repeating rounds;

    SessionSweeper(SessionsJdbc sessions) {
        rounds = new Repeating("ended visits", Duration.ofMinutes(5), sessions::sweep, e -> LOG.error("ended visits could not be erased", e));
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.running();
    }
}
