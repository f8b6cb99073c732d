package org.heshi.exchange.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an address is told of one entry.
 *
 * @param id     the webhook-id, the same at every attempt
 * @param type   as {@code matter.moved}
 * @param matter empty for a test
 * @param number of the matter
 */
public record Delivery(UUID id, UUID endpoint, String type, Optional<UUID> matter, long position, int seq, String number, String kind, String action,
        Optional<String> from, String to, Instant at, int attempts) {

    public static final String TEST = "test.ping";
    public static final String BEGUN = "matter.begun";
    public static final String MOVED = "matter.moved";
    public static final String ENTRY = "matter.entry";
    public static final String RESULT = "order.result";
    public static final String STATUS = "order.status";
    public static final String ASSIGNED = "order.assigned";
    public static final String ENDED = "order.ended";
    /** What an address for orders may be told; it is told nothing else. */
    static final Set<String> ORDERS = Set.of(RESULT, STATUS, ASSIGNED, ENDED);
}
