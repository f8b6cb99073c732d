package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Bilingual;

/**
 * Erasing some particulars of a matter while the others stay for a reason of law, because that was granted to a data subject. It is an entry of the matter's
 * chain that names what went and says why the rest stays; only what it names may be missing. What went is gone from backups, too: it stood under a key
 * that is destroyed, and what stays is sealed under another. Nothing brings it back.
 */
public interface Parts {

    /** Why the rest stays (Personal Information Protection Law, articles 13 and 47). */
    List<String> WHY = List.of("term", "duty", "others", "evidence");

    /** Where a particular stands. */
    record Place(int seq, String field, int ordinal) {
    }

    /**
     * A particular as it can be named without reading it.
     *
     * @param entry title of the entry that brought it
     * @param kind  words, contact or file
     * @param party whose it is; empty when an office wrote it
     */
    record Held(Place place, Bilingual entry, Instant at, Bilingual label, String kind, Optional<Integer> party) {
    }

    /** Everything of a matter that is not erased yet, without its words. For the program itself: callers judge who may know of it. */
    List<Held> held(UUID matter);

    /**
     * Erases these; who acts is written into the entry. Callers judge whether they may.
     *
     * @param party whose request it is: nothing of another party goes
     * @param why   of {@link #WHY}
     * @param words why the rest stays, for the data subject
     * @param rule  number of the request
     */
    Endings.Answer erase(UUID matter, int party, Set<Place> gone, String why, String words, String rule);

    /** Whether a part of the matter was erased by that rule. */
    boolean done(UUID matter, String rule);

    /** Goes on with those whose rooms have not all forgotten. @return how many are whole now */
    int goOn(int limit);
}
