package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Bilingual;

/** Single entries for rooms beside this one: only those that {@link org.heshi.access.Acting#current()} is meant to read. */
public interface Entries {

    /** The entries of a matter that who looks is meant to read, oldest first; none when they may not see the matter. */
    List<Entry> of(UUID matter);

    /**
     * What every office could read of a matter that is put away, while it was not: no contacts, nothing that was meant for some of those at work, no file
     * and no other matter's number. Read as a machine, because nobody holds it; the caller judges who may.
     */
    List<Entry> putAway(UUID matter);

    /**
     * @param kind  of the procedure by which it was done
     * @param unit  whose member did it
     * @param paper number of the formal paper that it is
     * @param audience for whom it is, in the words of a procedure, as {@code staff} or {@code party:2}
     * @param said  what it brought, labelled, words as they were written; empty ones were erased
     */
    record Entry(int seq, String kind, String action, Bilingual title, Optional<String> unit, Optional<String> post, Instant at, Optional<String> paper,
            Set<String> audience, List<Said> said, List<Basis> basis) {

        public Entry {
            audience = Set.copyOf(audience);
            said = List.copyOf(said);
            basis = List.copyOf(basis);
        }
    }

    record Said(String field, Bilingual label, String value) {
    }

    record Basis(String law, String article, boolean local) {
    }
}
