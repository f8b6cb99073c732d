package org.heshi.matters.mine;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Forgets residents' codes and accounts whose time is over. */
@Component
@ConditionalOnWebApplication
class AccountSweeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSweeper.class);

    private final Repeating rounds;

    AccountSweeper(ResidentAccounts accounts) {
        rounds = new Repeating("accounts of residents", Duration.ofHours(1), accounts::forget, e -> LOG.error("old codes and accounts could not be erased", e));
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
