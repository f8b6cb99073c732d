package org.heshi.identity.account;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Erases what was written of accounts when its term is over. */
@Component
@ConditionalOnWebApplication
class EventsKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventsKeeper.class);

    private final Repeating rounds;

    EventsKeeper(AccountEvents events) {
        rounds = new Repeating("events of accounts", Duration.ofHours(6), events::forget, e -> LOG.error("old events of accounts could not be erased", e));
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
