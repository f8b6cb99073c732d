package org.heshi.matters;

import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings.Ground;

/**
 * Somebody who knows why a matter must not end now, such as by an order of a court. Asked as a machine within the transaction that ends it, while the
 * matter is locked: what is written about it before is seen, what comes later waits and finds it ended.
 */
public interface HeldBack {

    /** @param ground of the erasure; empty when the matter is to be put away */
    Optional<Refusal> from(UUID matter, Optional<Ground> ground);
}
