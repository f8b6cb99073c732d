package org.heshi.exchange.webhook;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.heshi.matters.Standings.Standing;

/** The rules of which program is told of what. */
final class Told {

    private static final Set<String> REPORTERS = Set.of("reporter", "parties", "public");
    private static final String STAFF = "staff";

    private Told() {
    }

    /**
     * A program is told what its reporter reads, and, where it was given so, what its unit reads of what it holds. Nothing about its own office or one above
     * it, whoever else works there; nothing that single posts must not know, for a unit's program is read by all of them.
     *
     * @param offices the unit and those that it is a part of
     * @param reading which programs may read what their units hold
     */
    static boolean of(Endpoint endpoint, Set<UUID> reading, UUID unit, Set<UUID> offices, Standing matter, boolean order, Set<String> audience) {
        if (!Collections.disjoint(matter.barred(), offices)) {
            return false;
        }
        if ((order || matter.programs().contains(endpoint.client())) && !Collections.disjoint(audience, REPORTERS)) {
            return true;
        }
        return ofUnit(endpoint, reading) && !matter.postsBarred() && holds(unit, matter, audience);
    }

    private static boolean ofUnit(Endpoint endpoint, Set<UUID> reading) {
        return endpoint.unit() && (!endpoint.asItReads() || reading.contains(endpoint.client()));
    }

    private static boolean holds(UUID unit, Standing matter, Set<String> audience) {
        for (Map.Entry<String, Set<UUID>> relation : matter.units().entrySet()) {
            if (relation.getValue().contains(unit) && (audience.contains(STAFF) || audience.contains(relation.getKey()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether what was to be told may still be: the matter is there, and neither about their office nor, but for who reported it, about somebody in it since; and who
     * was told as its unit may still read what that one holds.
     *
     * @param order whether it sent this matter as an order; asked only where it matters
     */
    static boolean still(Endpoint endpoint, Set<UUID> reading, Set<UUID> offices, Standing matter, BooleanSupplier order) {
        if (!Collections.disjoint(matter.barred(), offices)) {
            return false;
        }
        boolean asUnit = !matter.postsBarred() && (!endpoint.asItReads() || reading.contains(endpoint.client()));
        return asUnit || endpoint.orders() || matter.programs().contains(endpoint.client()) || order.getAsBoolean();
    }

    /** Which of the three. */
    static String type(boolean first, boolean moved) {
        return first ? Delivery.BEGUN : moved ? Delivery.MOVED : Delivery.ENTRY;
    }
}
