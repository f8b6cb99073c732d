package org.heshi.proof.head;

import java.time.Duration;
import org.heshi.kernel.Repeating;
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
    private final Repeating signing;
    private final Repeating sending;

    HeadKeeper(LogKeys keys, Heads heads, Witnesses witnesses) {
        this.keys = keys;
        signing = new Repeating("heads of the log", REST, heads::sign, e -> LOG.error("signing the head of the log failed and is tried again", e));
        sending = new Repeating("heads to witnesses", REST, witnesses::sendDue, e -> LOG.error("sending heads to witnesses failed and is tried again", e));
    }

    @Override
    public void start() {
        keys.signing();
        signing.start();
        sending.start();
    }

    @Override
    public void stop() {
        signing.stop();
        sending.stop();
    }

    @Override
    public boolean isRunning() {
        return signing.running();
    }
}
