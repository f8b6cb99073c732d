package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * What a room asks and keeps beside the acts of a kind of matter, in the same transaction: what the log says and what the room holds of it are never apart.
 * The log stays the one history; whatever a companion keeps can be made anew from it.
 */
public interface Companion {

    /** Whether it takes part in this action. Asked for each act: it does nothing but compare. */
    boolean takesPart(String kind, String action);

    /** Before anything is written: reasons against the act beside those of the procedure, and what its entry is to say beside what was typed. */
    Judged judge(Step step);

    /** The entry is written; whatever is thrown here undoes it. */
    void keep(Step step);

    /**
     * An act on a matter that exists.
     *
     * @param state where the matter stood before it
     * @param seq   of the entry that it leaves
     * @param at    the entry's time
     * @param data  codes, ids, numbers and times that the entry says
     * @param words what people wrote or sent: the entry holds commitments to these only
     * @param party  the party that acted, or that the act added; known when it is kept
     * @param digest of the entry, 64 small hexadecimal digits; known when it is kept
     */
    record Step(UUID matter, MatterNumber number, String kind, String state, String action, Actor actor, int seq, Instant at, Map<String, Object> data,
            List<Word> words, Optional<Integer> party, Optional<String> digest) {

        public Step {
            data = Map.copyOf(data);
            words = List.copyOf(words);
        }

        public Optional<String> word(String field) {
            return words.stream().filter(word -> word.field().equals(field)).map(Word::value).findFirst();
        }
    }

    /** @param kind {@code words}, {@code contact} or {@code file} */
    record Word(String field, int ordinal, String kind, String value) {
    }

    /**
     * @param adds  by name; none is the name of a field
     * @param sides parties that read the entry where the action is meant for those who stand on a side
     * @param out   parties that take part no more: they read no entry that is meant for all parties, and their code ends, but for the reporter's
     */
    record Judged(List<Refusal> refusals, Map<String, Object> adds, Set<Integer> sides, Set<Integer> out) {

        public static final Judged FINE = new Judged(List.of(), Map.of());

        public Judged(List<Refusal> refusals, Map<String, Object> adds) {
            this(refusals, adds, Set.of(), Set.of());
        }

        public Judged {
            refusals = List.copyOf(refusals);
            adds = Map.copyOf(adds);
            sides = Set.copyOf(sides);
            out = Set.copyOf(out);
        }

        public static Judged refused(Refusal... refusals) {
            return new Judged(List.of(refusals), Map.of());
        }
    }
}
