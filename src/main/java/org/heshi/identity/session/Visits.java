package org.heshi.identity.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The running visits of staff, as their owner may see and end them. */
public interface Visits {

    /**
     * @param browser as {@link org.heshi.identity.BrowserKind#of} says it
     * @param seenAt  to the minute or so
     * @param current whether it is the one that asks
     */
    record Visit(UUID id, String browser, Instant createdAt, Instant seenAt, boolean current) {

        public Visit {
            seenAt = seenAt.truncatedTo(ChronoUnit.MINUTES);
        }
    }

    /** Of this person, newest first. @param session the id of the session that asks */
    List<Visit> of(UUID person, String session);

    /** Ends one of the person's; false when there is none such any more. */
    boolean end(UUID person, UUID visit);

    /** Ends all of the person's but the one that asks; says how many. */
    int endOthers(UUID person, String session);

    /**
     * Ends visits that signed in at the provider, because they ended there: those of a person, those of one visit at the provider, or both.
     *
     * @param begunBefore what began later is another visit than the one that ended
     */
    int endAtProvider(Optional<UUID> person, Optional<String> via, Instant begunBefore);
}
