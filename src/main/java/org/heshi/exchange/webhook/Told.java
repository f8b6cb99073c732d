package org.heshi.exchange.webhook;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
     */
    static boolean of(Endpoint endpoint, UUID unit, Set<UUID> offices, Standing matter, boolean order, Set<String> audience) {
        if (!Collections.disjoint(matter.barred(), offices)) {
            return false;
        }
        if ((order || matter.programs().contains(endpoint.client())) && !Collections.disjoint(audience, REPORTERS)) {
            return true;
        }
        return endpoint.unit() && !matter.postsBarred() && holds(unit, matter, audience);
    }

    private static boolean holds(UUID unit, Standing matter, Set<String> audience) {
        for (Map.Entry<String, Set<UUID>> relation : matter.units().entrySet()) {
            if (relation.getValue().contains(unit) && (audience.contains(STAFF) || audience.contains(relation.getKey()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether what was to be told may still be: the matter is there, and neither about their office nor, but for who reported it, about somebody in it since. */
    static boolean still(Endpoint endpoint, Set<UUID> offices, Standing matter) {
        return Collections.disjoint(matter.barred(), offices)
                && (!matter.postsBarred() || endpoint.orders() || matter.programs().contains(endpoint.client()));
    }

    /** Which of the three. */
    static String type(boolean first, boolean moved) {
        return first ? Delivery.BEGUN : moved ? Delivery.MOVED : Delivery.ENTRY;
    }
}
