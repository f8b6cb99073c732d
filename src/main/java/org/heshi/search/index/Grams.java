package org.heshi.search.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How words are cut: into runs of letters and digits, and each run into its characters and its pairs of neighbours. No dictionary cuts the
 * text, so that whatever two characters stand beside each other in a text find it; Latin words and numbers are cut the same way.
 * Full-width letters, Kangxi radicals and capitals are brought to their plain form first (NFKC, lower case).
 */
final class Grams {

    private static final Pattern LONG_NUMBER = Pattern.compile("\\p{Nd}(?:[ \\-‐‑–—.·]?\\p{Nd}){6,}x?");

    private Grams() {
    }

    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /**
     * A normal text without the numbers of people, accounts and cards: whatever has seven digits or more, also with blanks or dashes between them or an X
     * at its end. A house number, a date in words and a sum of money remain.
     */
    static String masked(String normal) {
        return LONG_NUMBER.matcher(normal).replaceAll(" ");
    }

    /** Runs of letters, marks and digits of a normal text, each as its code points. */
    static List<int[]> runs(String normal) {
        List<int[]> runs = new ArrayList<>();
        int[] points = normal.codePoints().toArray();
        int from = 0;
        for (int i = 0; i <= points.length; i++) {
            if (i == points.length || !word(points[i])) {
                if (i > from) {
                    runs.add(java.util.Arrays.copyOfRange(points, from, i));
                }
                from = i + 1;
            }
        }
        return runs;
    }

    static boolean word(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c) || type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
                || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    static String one(int[] run, int at) {
        return new String(run, at, 1);
    }

    static String pair(int[] run, int at) {
        return new String(run, at, 2);
    }
}
