package org.heshi.mediation.unusual;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import org.heshi.matters.Clause;

/** What stays of an agreement when names, sums, days, spaces and punctuation are taken away: two that are the same in this were copied. */
final class SameText {

    private SameText() {
    }

    /** @param parts facts, issues and whatever else was written @param least empty when less than this stays */
    static Optional<String> of(List<String> parts, List<Clause> terms, int least) {
        StringBuilder all = new StringBuilder();
        parts.forEach(all::append);
        // parties are numbers and days are days in the clauses: only what is to be done, and how, is text
        terms.forEach(clause -> all.append(clause.what()).append(clause.how()));
        StringBuilder kept = new StringBuilder();
        boolean digits = false;
        String normal = Normalizer.normalize(all, Normalizer.Form.NFKC).toLowerCase(java.util.Locale.ROOT);
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isDigit(c)) {
                // a sum or a day is one 0, however long
                if (!digits) {
                    kept.append('0');
                }
                digits = true;
            } else if (Character.isLetter(c)) {
                kept.appendCodePoint(c);
                digits = false;
            }
        }
        return kept.codePointCount(0, kept.length()) < least ? Optional.empty() : Optional.of(kept.toString());
    }
}
