package org.heshi.matters;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A committed entry with its position in the log, as followers read it. Words of people are not in it. */
public record LoggedEntry(long position, UUID matter, int seq, String action, String kind, int procedure, Optional<String> fromKind,
        Optional<String> fromState, String toState, String actorKind, Optional<UUID> actorUnit, Optional<UUID> actorPerson, Instant recordedAt,
        Set<String> audience, String content) {
}
