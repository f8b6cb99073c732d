package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * How a matter comes to its end: put away, when nobody needs it for work any more, and erased. Each is an entry of the matter's chain, whatever version of a
 * procedure the matter is on; the chain and the tree over it verify as before. Who acts is written into the entry; what must be done beyond their
 * eyes is done as a machine. Callers judge whether it is time; {@link HeldBack} is asked whether somebody holds it back.
 */
public interface Endings {

    enum Ground {
        /** The time for keeping it is over. */ RETENTION,
        /** The data subject asked for it and it was granted. */ REQUEST,
        /** Another ground of law. */ OTHER;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    sealed interface Answer {
        /** @param seq number of the entry */
        record Done(int seq) implements Answer {
        }

        /** It was so before; nothing was written. */
        record Already() implements Answer {
        }

        record Refused(Refusal refusal) implements Answer {
        }
    }

    /**
     * From now on nothing is done with the matter but keeping it: no office finds, lists, opens or acts upon it.
     *
     * @param rule code of the rule, no words
     */
    Answer putAway(UUID matter, String rule);

    /** Those who held it hold it again, because somebody needs it: a court, a review. */
    Answer takeOut(UUID matter, String rule);

    /**
     * Erases every word, name, address and file of the matter and lets all rooms forget it. Only codes, ids, times and commitments are left.
     *
     * @param rule code of the rule or number of the request, no words
     */
    Answer erase(UUID matter, Ground ground, String rule);

    /** Adds words that the data subject wants to stand beside what they told before, whatever state the matter is in. */
    Answer correct(UUID matter, int party, String words, String rule);

    /** Goes on with erasures whose rooms have not all forgotten. @return how many are whole now */
    int goOn(int limit);

    /** Whether an erasure, also of a part, came to its end since then. */
    boolean finishedSince(Instant moment);

    /** Lets the rooms sweep what erasures left behind. */
    void sweep();

    /** How it stands with a matter; empty when it is neither put away nor erased, or not for the eyes of who asks. */
    Optional<Ending> of(UUID matter);

    /**
     * @param ground of the erasure; empty when it is put away only
     * @param whole  whether every room has forgotten it
     */
    record Ending(Optional<Instant> putAwayAt, Optional<Instant> erasedAt, Optional<Ground> ground, String rule, int particulars, int files, String digest,
            boolean whole) {
    }

    /**
     * Closed matters of a kind, those that ended first before the others; none that was merged into one that goes on.
     *
     * @param putAway whether to ask for those that are put away and not erased, or for those that are neither
     * @param scope   code with which the place begins that they are for; empty: all
     * @param after   the last of the page before
     */
    List<Closed> closed(String kind, boolean putAway, String scope, Instant endedBefore, Optional<Closed> after, int limit);

    /** Every kind of which there was ever a procedure, so that nothing outlives its term because its kind is no longer offered. */
    List<String> kinds();

    record Closed(UUID matter, MatterNumber number, String kind, String outcome, String scope, Instant closedAt) {
    }

    /** Which units worked on a matter that is put away, and for which place it is; empty when it is not. For the program itself. */
    Optional<Holders> holders(MatterNumber number);

    record Holders(UUID matter, String scope, List<UUID> units) {
    }

    /** Whether the matter is about who acts, or about any unit or post of theirs, whichever they act in: they learn nothing of it. */
    boolean isAboutWhoActs(UUID matter);

    /** The matter of a number as a data subject's request needs it, whoever asks. For the program itself: nothing of it may be shown. */
    Optional<Subject> subject(MatterNumber number);

    /**
     * @param accused     the unit that it is about
     * @param aboutOffice whether it is about an office, also one that was named in words only
     * @param desk        the unit that took it in; empty when it is put away
     */
    record Subject(UUID matter, MatterNumber number, Optional<UUID> accused, boolean aboutOffice, Optional<UUID> desk) {
    }

    /** Whether who made that request showed papers at the window, so that nothing says which party they are. */
    boolean byPapers(MatterNumber request);

    /** The role of each party, by its number. For the program itself. */
    SortedMap<Integer, String> roles(UUID matter);

    /** Erasures of these days, the newest first: what an auditor checks. */
    List<Erased> erased(Instant from, Instant until, int limit);

    record Erased(MatterNumber number, Instant at, Ground ground, String rule, int particulars, int files, String digest, boolean whole) {
    }
}
