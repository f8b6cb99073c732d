package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Bilingual;

/**
 * What a kind's own room reads of a matter: the entries as they are and not as a page shows them. Only what {@link org.heshi.access.Acting#current()} is meant to
 * read; the rest is not there.
 */
public interface Readings {

    /** Oldest first; none when who looks may not see the matter. */
    List<Reading> of(UUID matter);

    /** Those whom it concerns, by number; without contacts where they may not be seen. Whoever shows contacts unmasked records that. */
    List<Somebody> people(UUID matter);

    /** Words and contacts that were erased by law, where who looks would read them if they were still there. */
    List<Erased> erased(UUID matter);

    /** @param party whose it was */
    record Erased(int seq, String field, Optional<Integer> party) {
    }

    /** What who looks may do next, in the order of the procedure. */
    List<Next> next(UUID matter);

    record Next(String action, Bilingual title) {
    }

    /**
     * @param state  where it stands after it
     * @param unit   whose member did it
     * @param post   of the member of staff
     * @param party  number of the resident who did it
     * @param data   codes, ids, numbers and times by field, with whatever a companion added
     * @param words  by field, as they were written; those that were erased or that who looks does not read are not in it
     * @param digest of the entry, 64 small hexadecimal digits
     */
    record Reading(int seq, String action, String state, Instant at, Optional<UUID> unit, Optional<UUID> post, Optional<UUID> person, Optional<Integer> party,
            Map<String, Object> data, Map<String, String> words, List<Matters.Evidence> files, String digest) {

        public Reading {
            data = Map.copyOf(data);
            words = Map.copyOf(words);
            files = List.copyOf(files);
        }

        public String word(String field) {
            return words.getOrDefault(field, "");
        }

        public Optional<String> text(String field) {
            return data.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
        }

        /** Numbers of parties that a field of that type holds. */
        public List<Integer> parties(String field) {
            return data.get(field) instanceof List<?> numbers ? numbers.stream().map(number -> Integer.valueOf(number.toString())).toList() : List.of();
        }
    }

    /** @param contacts newest by field name */
    record Somebody(int party, String role, Map<String, String> contacts) {

        public Somebody {
            contacts = Map.copyOf(contacts);
        }

        public String contact(String field) {
            return contacts.getOrDefault(field, "");
        }
    }
}
