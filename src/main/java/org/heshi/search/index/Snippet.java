package org.heshi.search.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A piece of a text around what was looked for, in parts that were found and parts that were not. Plain text: whoever shows it escapes it.
 */
public record Snippet(List<Part> parts) {

    private static final int BEFORE = 30;
    private static final int EXACT = 8;

    public Snippet {
        parts = List.copyOf(parts);
    }

    public record Part(String text, boolean found) {
    }

    public boolean found() {
        return parts.stream().anyMatch(Part::found);
    }

    /** The whole of a short text. */
    public static Snippet whole(String text, String words) {
        return of(text, words, Integer.MAX_VALUE);
    }

    /** About {@code length} characters, beginning shortly before the first place found, else at the beginning. */
    public static Snippet of(String text, String words, int length) {
        int[] points = text.codePoints().toArray();
        BitSet found = found(points, words);
        int first = found.nextSetBit(0);
        int from = length == Integer.MAX_VALUE || first < 0 || first <= BEFORE ? 0 : first - BEFORE;
        int to = (int) Math.min(points.length, (long) from + length);
        List<Part> parts = new ArrayList<>();
        if (from > 0) {
            parts.add(new Part("…", false));
        }
        for (int i = from; i < to; ) {
            boolean hit = found.get(i);
            int end = Math.min(to, hit ? found.nextClearBit(i) : next(found, i, to));
            parts.add(new Part(new String(points, i, end - i), hit));
            i = end;
        }
        if (to < points.length) {
            parts.add(new Part("…", false));
        }
        return new Snippet(parts);
    }

    private static int next(BitSet found, int from, int to) {
        int next = found.nextSetBit(from);
        return next < 0 ? to : next;
    }

    private static BitSet found(int[] points, String words) {
        StringBuilder normal = new StringBuilder();
        List<Integer> origin = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            String one = Normalizer.normalize(Character.toString(points[i]), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
            normal.append(one);
            for (int j = 0; j < one.length(); j++) {
                origin.add(i);
            }
        }
        String text = normal.toString();
        BitSet found = new BitSet(points.length);
        for (String wanted : wanted(words)) {
            for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
                found.set(origin.get(at), origin.get(at + wanted.length() - 1) + 1);
            }
        }
        return found;
    }

    private static Set<String> wanted(String words) {
        Set<String> wanted = new LinkedHashSet<>();
        for (int[] run : Grams.runs(Grams.normal(words))) {
            if (run.length <= EXACT) {
                wanted.add(new String(run, 0, run.length));
            } else {
                for (int i = 0; i + 1 < run.length; i++) {
                    wanted.add(Grams.pair(run, i));
                }
            }
        }
        return wanted;
    }
}
