package org.heshi.privacy.keeping;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** A round each hour; what waits to be gone on with, each minute. */
@Component
@ConditionalOnWebApplication
class RetentionRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionRunner.class);

    private final Repeating rounds;
    private final Repeating goesOn;

    RetentionRunner(Retention retention) {
        rounds = new Repeating("retention", Duration.ofHours(1), retention::round, e -> LOG.error("a round of retention failed; the next one is in an hour", e));
        goesOn = new Repeating("retention-goes-on", Duration.ofMinutes(1), retention::goOn, e -> LOG.error("what was granted could not be carried out; tried again in a minute", e));
    }

    @Override
    public void start() {
        rounds.start();
        goesOn.start();
    }

    @Override
    public void stop() {
        goesOn.stop();
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.running();
    }
}
