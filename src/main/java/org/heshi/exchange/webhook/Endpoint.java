package org.heshi.exchange.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An address of another program that is told of events.
 *
 * @param orders      told of results of its orders, not of events
 * @param unit        whether it is told of what its unit holds, too, and not only of what it reported
 * @param byProgram   the program made it itself; else an administrator did
 * @param held        an administrator paused it
 * @param failures    how often in a row nobody took anything there
 * @param restUntil   until when nothing is sent to it
 */
record Endpoint(UUID id, UUID client, boolean orders, URI url, Set<String> events, boolean unit, boolean byProgram, boolean held, UUID key, byte[] secret, Optional<byte[]> former, Optional<Instant> formerUntil,
        State state, Optional<String> why, int failures, Optional<Instant> failingSince, Optional<Instant> restUntil, Instant createdAt) {

    enum State {
        ACTIVE, PAUSED, DISABLED, ENDED
    }

    /** It gave that to itself, and keeps it only as long as it may read what its unit holds. What an administrator gave lasts until one ends it. */
    boolean asItReads() {
        return unit && byProgram;
    }

    boolean wants(String type) {
        return events.contains("*") || events.contains(type);
    }
}
