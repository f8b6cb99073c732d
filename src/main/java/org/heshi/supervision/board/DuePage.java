package org.heshi.supervision.board;

import java.util.List;
import org.heshi.matters.Limits.Count;
import org.heshi.matters.Limits.Due;

/** What is due, by unit. */
public record DuePage(List<Line> lines) {

    public DuePage {
        lines = List.copyOf(lines);
    }

    public int total(Due due) {
        return lines.stream().mapToInt(line -> line.count().of(due)).sum();
    }

    /**
     * @param unit    as addresses name it
     * @param name    empty for what binds no single unit
     * @param longest how much the unit has that has most
     */
    public record Line(String unit, String name, Count count, int longest) {

        public String href(Due due) {
            return "/supervision/due?due=" + due.name().toLowerCase(java.util.Locale.ROOT) + "&unit=" + unit;
        }

        /** Hundredths of the longest bar, never nothing for something. */
        public int share(Due due) {
            int n = count.of(due);
            return n == 0 ? 0 : (int) Math.max(1, Math.round(100.0 * n / longest));
        }

        /** Where the part of the bar begins. */
        public int from(Due due) {
            return switch (due) {
                case OVER -> 0;
                case TODAY -> share(Due.OVER);
                case WEEK -> share(Due.OVER) + share(Due.TODAY);
            };
        }
    }
}
