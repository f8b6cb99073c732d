package org.heshi.mediation.roster;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How posts stand on the roster of their committee.
 *
 * @param kept whether the committee keeps a roster at all; one that keeps none names whoever holds the post of a mediator
 */
record Standing(boolean kept, Map<UUID, Entry> entries, LocalDate today) {

    Standing {
        entries = Map.copyOf(entries);
    }

    Optional<Entry> of(UUID post) {
        return Optional.ofNullable(entries.get(post));
    }

    /** Why nobody may name this one: {@code off} the roster, or the term of three years is {@code over} (People's Mediation Law, article 9). A full load is no reason. */
    Optional<String> against(UUID post) {
        Optional<Entry> entry = of(post);
        if (entry.isEmpty() ? kept : !entry.get().works()) {
            return Optional.of("off");
        }
        return entry.filter(one -> one.over(today)).map(_ -> "over");
    }
}
