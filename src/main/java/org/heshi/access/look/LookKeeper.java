package org.heshi.access.look;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Erases questions when their time is over. */
@Component
@ConditionalOnWebApplication
class LookKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LookKeeper.class);

    private final Repeating rounds;

    LookKeeper(LooksJdbc looks) {
        rounds = new Repeating("questions about looking", Duration.ofHours(1), looks::forget, e -> LOG.error("old questions about looking could not be erased", e));
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
