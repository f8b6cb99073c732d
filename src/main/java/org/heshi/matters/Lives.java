package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * What counts of each matter, as the log has it at the moment of asking: codes, ids and times, no words of anybody. For followers and tools that count, never for
 * pages; runs as {@code heshi_follower}.
 */
public interface Lives {

    /** Of those matters that exist. */
    List<Life> of(Set<UUID> matters);

    /**
     * Of all matters whose ids come after the first and up to the second, by id.
     *
     * @param proved by the contents that the digests are of, and not by what was drawn out of them when they were written; takes several times as long
     */
    List<Life> between(UUID after, UUID upTo, boolean proved);

    /** The id that ends the next {@code matters} of them after this one; empty when there is none any more. */
    Optional<UUID> next(UUID after, int matters);

    /** How many matters there are, about, as far as the database knows without counting. */
    long about();

    /**
     * @param place    where it counts: the place it is kept for, as finely as it is known
     * @param lead     who leads it now; while somebody is barred from it, the organ that received it
     * @param outcome  empty while it is open
     * @param apart    somebody is barred from it
     * @param imported it came from elsewhere, with times of its own
     * @param own      its own time of coming in, when it came from elsewhere with one
     * @param closedAt empty while it is open
     * @param steps    its entries, the first one first
     */
    record Life(UUID matter, String kind, String category, String channel, int level, String place, Optional<UUID> lead, String outcome, boolean apart,
            OptionalInt rating, Instant recordedAt, boolean imported, Optional<Instant> own, Optional<Instant> closedAt, List<Step> steps) {
        public Life {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One entry.
     *
     * @param ended  whether the matter stood closed after it; empty in entries from before that was written
     * @param holder whose turn it was after it, when it was one unit's
     * @param late   an office's limit was over when this entry satisfied or ended it
     * @param solved what the reporter says of it: yes, partly, no; empty when the entry says nothing of that
     * @param answeredAt for what came from elsewhere: when it was answered there
     */
    record Step(String action, Instant at, Optional<Boolean> ended, Optional<UUID> holder, boolean late, String solved, String satisfied, Optional<Instant> answeredAt) {
    }
}
