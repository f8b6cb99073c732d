package org.heshi.exchange.webhook;

import java.util.Optional;
import java.util.UUID;

/** Writes the body of deliveries of one type, when they are sent: what is in it is kept nowhere beside the matter. */
public interface Payload {

    String type();

    /** What it tells cannot be told now, for a reason that passes. */
    final class NotNow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NotNow() {
            super("not now", null, false, false);
        }
    }

    /** @return JSON; empty when there is nothing to be told any more @throws NotNow when it is to be tried again */
    Optional<String> of(Delivery delivery, UUID client);

    /** The other side took it. Runs as a machine within the transaction that notes so. */
    default void taken(Delivery delivery, UUID client) {
    }
}
