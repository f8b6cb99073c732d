package org.heshi.directory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;

/** Rules of dispatch that came out of rulings, and the history of every rule. Reads and writes as who acts: their place only. */
public interface DispatchRules {

    /**
     * Keeps a ruling as a rule from now on. A rule for the same category and place that says something else ends with it.
     *
     * @param by       who keeps it: a dispatcher or head of a centre
     * @param category code; empty for any
     * @param place    code of a place of theirs
     * @throws IllegalStateException when the post may make no rules
     */
    Keeping keep(HeldPost by, String category, String place, UUID lead, List<UUID> helpers, Source source);

    /** Rules that came out of rulings at a place and below it, the newest first, also those that ended. */
    Page<Rule> fromRulings(String place, String after, int size, Locale locale);

    /** @throws java.util.NoSuchElementException when there is no such rule at this place or below it */
    Rule get(UUID id, String place, Locale locale);

    /** The rule in which this ruling is kept and still holds. */
    Optional<UUID> keptAs(MatterNumber matter, int seq);

    /** What happened to it, oldest first. */
    List<Change> history(UUID rule);

    /** @param paper number of the ruling, when it has one @param seq number of its entry */
    record Source(Optional<String> paper, MatterNumber matter, int seq) {
    }

    /** @param category full name; empty for any @param ended empty while it holds */
    record Rule(UUID id, String category, String place, String lead, List<String> helpers, Optional<Source> source, Instant from, Optional<Instant> ended) {

        public Rule {
            helpers = List.copyOf(helpers);
        }
    }

    /** @param what {@code made} or {@code ended} @param person empty when the program did it */
    record Change(String what, Instant at, Optional<String> person, Optional<String> post, Optional<String> unit) {
    }

    sealed interface Keeping {
        record Done(UUID rule) implements Keeping {
        }

        record Refused(List<Refusal> refusals) implements Keeping {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }
}
