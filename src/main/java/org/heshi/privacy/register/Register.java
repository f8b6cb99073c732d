package org.heshi.privacy.register;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.kernel.Bilingual;

/**
 * What is held of people, why, on what basis, who gets it and how long it is kept.
 *
 * @param handler  who answers for it
 * @param ordinary term of matters whose kind and outcome have none of their own
 * @param kinds    terms by kind
 * @param outcomes terms by {@code kind.outcome}
 * @param records  months for which records beside the matters are kept
 */
public record Register(Bilingual handler, Term ordinary, Map<String, Term> kinds, Map<String, Term> outcomes, Map<String, Integer> records, List<Purpose> purposes) {

    /** Kept as long as a matter is. */
    public static final String MATTER = "matter";
    /** Kept while a visit lasts. */
    public static final String VISIT = "visit";
    /** Kept while somebody is in office, and as the settings of accounts say. */
    public static final String OFFICE = "office";
    /** Kept until its owner deletes it, or leaves it unused. */
    public static final String ACCOUNT = "account";
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
     */
    public record Purpose(String name, Bilingual what, Set<String> fields, Bilingual why, List<Basis> basis, Bilingual gets, String keep, boolean sensitive) {
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
