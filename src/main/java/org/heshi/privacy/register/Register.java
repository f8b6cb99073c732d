package org.heshi.privacy.register;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.heshi.kernel.Bilingual;

/**
 * What is held of people, why, on what basis, who gets it and how long it is kept.
 *
 * @param handler  who answers for it
 * @param ordinary term of matters whose kind and outcome have none of their own
 * @param kinds    terms by kind
 * @param outcomes terms by {@code kind.outcome}
 * @param records  months for which records beside the matters are kept
 * @param assessments by name, for the purposes that need one
 */
public record Register(Bilingual handler, Term ordinary, Map<String, Term> kinds, Map<String, Term> outcomes, Map<String, Integer> records, List<Purpose> purposes,
        Map<String, Assessment> assessments) {

    /** Kept as long as a matter is. */
    public static final String MATTER = "matter";
    /** Kept while a visit lasts. */
    public static final String VISIT = "visit";
    /** Kept while somebody is in office, and as the settings of accounts say. */
    public static final String OFFICE = "office";
    /** Kept until its owner deletes it, or leaves it unused. */
    public static final String ACCOUNT = "account";
    static final String SENSITIVE = "sensitive";
    /** Automated decisions, entrusted to others, provided to others, made public, carried abroad. */
    static final List<String> HANDLING = List.of("automated", "entrusted", "provided", "disclosed", "abroad");
    static final Set<String> KEPT = Set.of(MATTER, VISIT, OFFICE, ACCOUNT);

    /**
     * Months since a matter was closed.
     *
     * @param use   from then on it is put away
     * @param whole from then on it is erased
     */
    public record Term(int use, int whole) {

        public Term {
            if (use < 1 || whole < use || whole > 1200) {
                throw new IllegalArgumentException("at least one month of use, a whole term that is not shorter, and at most 1200 months");
            }
        }
    }

    public record Basis(String law, String article) {
    }

    /**
     * @param fields names of fields of procedures that it covers; empty for what is no field
     * @param keep   {@link #MATTER}, {@link #VISIT}, {@link #OFFICE}, {@link #ACCOUNT} or the name of a record
     * @param handling of {@link #HANDLING}: what is done with it beside keeping and reading it
     * @param assessment name of its impact assessment; empty where the law asks for none
     */
    public record Purpose(String name, Bilingual what, Set<String> fields, Bilingual why, List<Basis> basis, Bilingual gets, String keep, boolean sensitive,
            List<String> handling, String assessment) {

        /** For what the law asks to assess it first (Personal Information Protection Law, article 55), in the order of {@link #HANDLING}; empty: not at all. */
        public List<String> assessedFor() {
            return sensitive ? Stream.concat(Stream.of(SENSITIVE), handling.stream()).toList() : handling;
        }
    }

    /**
     * What the law asks to be written down before (article 56).
     *
     * @param sample whether it came with the program and the county has not made its own yet
     * @param lawful whether purpose and manner are lawful, legitimate and necessary
     * @param risks  what it does to people's rights, and the risks
     * @param measures whether what protects them is lawful, effective and fits the risk
     * @param review day by which it is looked at anew
     */
    public record Assessment(String name, LocalDate made, Bilingual by, boolean sample, Bilingual lawful, Bilingual risks, Bilingual measures, LocalDate review) {

        public boolean overdue(LocalDate today) {
            return review.isBefore(today);
        }
    }

    /** The term of a matter that ended so. */
    public Term term(String kind, String outcome) {
        return Optional.ofNullable(outcomes.get(kind + "." + outcome)).or(() -> Optional.ofNullable(kinds.get(kind))).orElse(ordinary);
    }

    /** The shortest term of use, or whole term, that a matter of this kind may have. */
    public int shortest(String kind, boolean whole) {
        Term own = kinds.getOrDefault(kind, ordinary);
        int least = whole ? own.whole() : own.use();
        for (Map.Entry<String, Term> outcome : outcomes.entrySet()) {
            if (outcome.getKey().startsWith(kind + ".")) {
                least = Math.min(least, whole ? outcome.getValue().whole() : outcome.getValue().use());
            }
        }
        return least;
    }
}
