package org.heshi.search.index;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What is looked for. Empty strings ask nothing.
 *
 * @param words    words, all of which must be found; cut to {@link #LONGEST} characters
 * @param category code of a category, with all below it
 * @param division code of a place, with all below it
 * @param level    blue, yellow or red
 * @param closed   empty: both
 * @param from     first civil day of being recorded, Asia/Shanghai
 * @param to       last civil day, itself included
 */
public record Asked(String words, String kind, String state, String category, String level, String division, Optional<Boolean> closed,
        Optional<LocalDate> from, Optional<LocalDate> to, boolean newest) {

    public static final int LONGEST = 200;

    public Asked {
        words = words.strip();
        if (words.codePointCount(0, words.length()) > LONGEST) {
            words = words.substring(0, words.offsetByCodePoints(0, LONGEST));
        }
    }

    /** Whether it has a word that can be looked for. */
    public boolean hasWords() {
        return !Grams.runs(Grams.normal(words)).isEmpty();
    }

    public boolean filters() {
        return !kind.isEmpty() || !state.isEmpty() || !category.isEmpty() || !level.isEmpty() || !division.isEmpty() || closed.isPresent()
                || from.isPresent() || to.isPresent();
    }
}
