package org.heshi.divisions.finding;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.heshi.divisions.Level;
import org.heshi.divisions.Pinyin;

/**
 * Names of one level, sorted by code, laid end to end in three long strings: as written, as initials, as full pinyin; so that looking
 * for a part of a name is one {@code indexOf} over a few megabytes, whose cost does not depend on how common or rare the part is, and
 * what is found comes in the order of the codes. Beginnings are looked up in the sorted first four bytes of every name.
 *
 * <p>Immutable. It only proposes: the register says whether a place still stands so.
 */
final class Segment {

    enum Fit { EXACT, BEGINS, CONTAINS }

    record Row(long code, String name) {
    }

    private final Level level;
    private final long[] codes;
    private final Lines names;
    private final Lines initials;
    private final Lines pinyin;

    private Segment(Level level, long[] codes, Lines names, Lines initials, Lines pinyin) {
        this.level = level;
        this.codes = codes;
        this.names = names;
        this.initials = initials;
        this.pinyin = pinyin;
    }

    /** @param rows of this level, by code */
    static Segment of(Level level, List<Row> rows, Pinyin reading) {
        long[] codes = rows.stream().mapToLong(Row::code).toArray();
        Lines.Maker names = new Lines.Maker(rows.size());
        Lines.Maker initials = new Lines.Maker(rows.size());
        Lines.Maker pinyin = new Lines.Maker(rows.size());
        for (Row row : rows) {
            String name = fold(row.name);
            names.add(name);
            initials.add(reading.initials(row.name));
            pinyin.add(reading.full(row.name));
        }
        return new Segment(level, codes, names.make(), initials.make(), pinyin.make());
    }

    /** Full-width letters become ASCII, capitals small: what was typed and what is searched are compared like this. */
    static String fold(String text) {
        // nearly every name
        if (text.chars().allMatch(c -> c >= 0x4e00 && c <= 0x9fff)) {
            return text;
        }
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    Level level() {
        return level;
    }

    int size() {
        return codes.length;
    }

    long code(int row) {
        return codes[row];
    }

    /** The folded name. */
    String name(int row) {
        return names.line(row);
    }

    /** The first row whose code is this or greater. */
    int from(long code) {
        int at = Arrays.binarySearch(codes, code);
        return at < 0 ? -at - 1 : at;
    }

    /**
     * The rows in these runs that fit so: the first {@code enough} of each way of reading a name, so that the first {@code enough} of all
     * are among them.
     */
    BitSet find(Word word, Fit fit, Runs runs, int enough) {
        BitSet rows = new BitSet();
        if (runs.rows() == 0) {
            return rows;
        }
        names.find(word.text(), fit, runs, enough, rows);
        if (word.latin()) {
            initials.find(word.text(), fit, runs, enough, rows);
            // one or two letters within a syllable would find everything
            if (fit != Fit.CONTAINS || word.text().length() > 2) {
                pinyin.find(word.text(), fit, runs, enough, rows);
            }
        }
        return rows;
    }

    /** Runs of rows, one after another, none empty. */
    static final class Runs {
        private int[] from = new int[8];
        private int[] to = new int[8];
        private int size;
        private int rows;

        /** @param first not before the end of the run added last */
        void add(int first, int end) {
            if (first >= end) {
                return;
            }
            rows += end - first;
            if (size > 0 && to[size - 1] == first) {
                to[size - 1] = end;
                return;
            }
            if (size == from.length) {
                from = Arrays.copyOf(from, size * 2);
                to = Arrays.copyOf(to, size * 2);
            }
            from[size] = first;
            to[size++] = end;
        }

        int rows() {
            return rows;
        }

        boolean has(int row) {
            int at = Arrays.binarySearch(from, 0, size, row);
            return at >= 0 || at < -1 && row < to[-at - 2];
        }
    }

    /**
     * One of the long strings, a line feed before and after each line.
     *
     * @param heads the first four bytes of each line (two characters when it is Chinese) and its row, sorted
     */
    private record Lines(String all, int[] starts, boolean latin, long[] heads) {

        static final class Maker {
            private final StringBuilder all = new StringBuilder("\n");
            private final int[] starts;
            private int rows;

            Maker(int rows) {
                starts = new int[rows + 1];
            }

            void add(String line) {
                starts[rows++] = all.length();
                all.append(line).append('\n');
            }

            Lines make() {
                starts[rows] = all.length();
                String laid = all.toString();
                boolean latin = laid.chars().allMatch(c -> c < 128);
                long[] heads = new long[rows];
                for (int row = 0; row < rows; row++) {
                    heads[row] = head(laid, starts[row], starts[row + 1] - 1, latin) << 32 | row;
                }
                Arrays.sort(heads);
                return new Lines(laid, starts, latin, heads);
            }
        }

        /** 32 bits; shorter texts are filled with zeros and so come first. The top bit is turned, so that the sign sorts as the characters do. */
        private static long head(String text, int from, int to, boolean latin) {
            long head = 0;
            for (int i = 0; i < (latin ? 4 : 2); i++) {
                head = head << (latin ? 8 : 16) | (from + i < to ? text.charAt(from + i) : 0);
            }
            return head ^ 0x8000_0000L;
        }

        String line(int row) {
            return all.substring(starts[row], starts[row + 1] - 1);
        }

        void find(String text, Fit fit, Runs runs, int enough, BitSet rows) {
            if (latin && text.chars().anyMatch(c -> c >= 128)) {
                return;
            }
            if (fit == Fit.CONTAINS) {
                int taken = 0;
                for (int run = 0; run < runs.size && taken < enough; run++) {
                    taken += contain(text, runs.from[run], runs.to[run], enough - taken, rows);
                }
            } else {
                begin(text, fit == Fit.EXACT, runs, enough, rows);
            }
        }

        /** Looks at the rows of this beginning or at those of the runs, whichever are fewer. */
        private void begin(String text, boolean exact, Runs runs, int enough, BitSet rows) {
            int known = Math.min(text.length(), latin ? 4 : 2);
            long lowest = head(text, 0, text.length(), latin) << 32;
            int low = position(lowest);
            int high = position(lowest + (1L << 32 + (latin ? 8 * (4 - known) : 16 * (2 - known))));
            int taken = 0;
            if (high - low > runs.rows) {
                for (int run = 0; run < runs.size; run++) {
                    for (int row = runs.from[run]; row < runs.to[run] && taken < enough; row++) {
                        if (begins(row, text, exact)) {
                            rows.set(row);
                            taken++;
                        }
                    }
                }
            } else if (low < high) {
                // by row within one head, not over several: all are looked at
                BitSet found = new BitSet();
                for (int i = low; i < high; i++) {
                    int row = (int) heads[i];
                    if (runs.has(row) && begins(row, text, exact)) {
                        found.set(row);
                    }
                }
                for (int row = found.nextSetBit(0); row >= 0 && taken < enough; row = found.nextSetBit(row + 1), taken++) {
                    rows.set(row);
                }
            }
        }

        private boolean begins(int row, String text, boolean exact) {
            int length = starts[row + 1] - 1 - starts[row];
            return (exact ? length == text.length() : length >= text.length()) && all.startsWith(text, starts[row]);
        }

        private int position(long head) {
            int at = Arrays.binarySearch(heads, head);
            return at < 0 ? -at - 1 : at;
        }

        private int contain(String text, int from, int to, int enough, BitSet rows) {
            int row = from;
            int taken = 0;
            for (int at = starts[from]; row < to && taken < enough; taken++) {
                at = all.indexOf(text, at, starts[to]);
                if (at < 0) {
                    return taken;
                }
                row = rowAt(at, row, to);
                rows.set(row);
                row++;
                at = starts[row];
            }
            return taken;
        }

        /** The row in which this position lies; looks near first, because common parts are found row after row. */
        private int rowAt(int position, int low, int to) {
            int step = 1;
            int row = low;
            while (row + step < to && starts[row + step] <= position) {
                row += step;
                step <<= 1;
            }
            int found = Arrays.binarySearch(starts, row, Math.min(row + step, to) + 1, position);
            return found >= 0 ? found : -found - 2;
        }
    }
}
