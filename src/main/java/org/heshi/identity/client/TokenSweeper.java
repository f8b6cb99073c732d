package org.heshi.identity.client;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Erases tokens of programs whose time is over. */
@Component
@ConditionalOnWebApplication
class TokenSweeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TokenSweeper.class);

    private final Repeating rounds;

    TokenSweeper(Clients clients) {
        rounds = new Repeating("old tokens", Duration.ofMinutes(15), clients::forget, e -> LOG.error("old tokens could not be erased", e));
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
