package org.heshi.matters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * The only door through which a matter changes. Who acts is {@link org.heshi.access.Acting#current()}; each call is one transaction of its own,
 * or part of the caller's when there is one.
 */
public interface Matters {

    /**
     * Does one action. Checks procedure and access; then, in one transaction, changes the row under its version, appends the entry with the
     * digest of its canonical content and of the entry before it, and moves holdings. The same idempotency key by the same actor gets the
     * same answer and does nothing.
     */
    Answer act(Act act);

    /**
     * What who acts did on that matter by that action under this key before, also when by that very act they handed it away and see it no more;
     * else empty. Words are not compared.
     */
    Optional<Answer.Done> doneBefore(MatterNumber number, String action, String idempotencyKey);

    /**
     * @param matter          the matter, empty for an action that makes one
     * @param procedure       kind of the procedure when the action makes a matter ({@code intake} but for imports and what is found on a round); else empty
     * @param action          name of the action in the matter's procedure
     * @param input           by field name; values as the typed form gives them: String, List of String, or List of {@link Evidence}. Fields that the
     *                        action does not know are refused
     * @param expectedVersion version of the matter that the person saw; 0 for a new one
     * @param idempotencyKey  made when the form was made; 8 to 64 characters
     */
    record Act(Optional<UUID> matter, String procedure, String action, Map<String, Object> input, int expectedVersion, String idempotencyKey) {

        public Act {
            input = Map.copyOf(input);
        }

        public static Act on(UUID matter, String action, Map<String, Object> input, int expectedVersion, String idempotencyKey) {
            return new Act(Optional.of(matter), "", action, input, expectedVersion, idempotencyKey);
        }

        /** What was found on a round, and settled there: it begins as a matter of its kind. */
        public static Act found(String kind, String action, Map<String, Object> input, String idempotencyKey) {
            return new Act(Optional.empty(), kind, action, input, 0, idempotencyKey);
        }

        public static Act report(String action, Map<String, Object> input, String idempotencyKey) {
            return new Act(Optional.empty(), "intake", action, input, 0, idempotencyKey);
        }
    }

    /**
     * A file that the attachments room keeps: what the entry commits to.
     *
     * @param sha256   of the picture as it was drawn anew
     * @param original SHA-256 of what was sent; empty for files from before that was kept
     */
    record Evidence(UUID id, String name, String mediaType, long size, String sha256, String original) {
    }

    sealed interface Answer {
        /**
         * @param code    the resident's new code, only when this action made one, and only this once: it is not kept in clear. Empty when the same
         *                key is answered again
         * @param made    the matter that a split made
         * @param held    whether the unit of the staff member who acted certainly holds the matter still; when false, ask before showing it
         */
        record Done(UUID matter, MatterNumber number, int version, String state, Optional<String> code, Optional<MatterNumber> made, boolean held)
                implements Answer {
        }

        /** Nothing was done; every reason at once. */
        record Refused(List<Refusal> refusals) implements Answer {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }

        /** Somebody else acted first: the matter stands at this version and state now. What was typed is still the caller's. */
        record Stale(UUID matter, int version, String state) implements Answer {
        }
    }
}
