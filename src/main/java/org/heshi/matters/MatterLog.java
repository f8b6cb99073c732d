package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;

/** The log as followers read it: whole, by position. For followers and tools only, never for pages. */
public interface MatterLog {

    /** Entries after this position, in order, at most {@code limit}. */
    List<LoggedEntry> after(long position, int limit);

    /** The last position given. */
    long head();

    /** What a follower needs to know of matters as they stand now, for those that exist. Runs as {@code heshi_follower}. */
    Map<UUID, Now> now(Set<UUID> matters);

    /** As {@link #now}, with no word of people opened: {@code words} and {@code reporterEmail} are empty. For those who count and sort. */
    default Map<UUID, Now> wordless(Set<UUID> matters) {
        return now(matters);
    }

    /** Those of them that somebody must not know of, or that are about an office which was named in words only: they count in no common figure and are told nobody. */
    default Set<UUID> apart(Set<UUID> matters) {
        return Set.of();
    }

    /** Those of them that are put away or erased: nobody finds them any more. */
    default Set<UUID> ended(Set<UUID> matters) {
        return Set.of();
    }

    /** Those of them that were moved because their place went on under another code, each with the scope of before: who watched that may still see them. */
    default Map<UUID, String> scopesBefore(Set<UUID> matters) {
        return Map.of();
    }

    /**
     * @param words   newest title, description, place words, answers: by field name
     * @param contact newest e-mail of the reporter, if given
     * @param units   units by relation, without barred ones
     * @param barred  units that must never be told
     * @param barredPosts posts that must never be told
     */
    record Now(UUID matter, MatterNumber number, String kind, int procedure, String state, boolean terminal, String turn, int level,
            Optional<String> category, String channel, String division, String scope, Optional<UUID> lead, Optional<String> outcome, Instant recordedAt, Instant lastAt,
            Map<String, String> words, Optional<String> reporterEmail, Map<String, Set<UUID>> units, Set<UUID> barred, Set<UUID> barredPosts) {
    }
}
