package org.heshi.statistics.board;

import java.util.List;

/** A dashboard on paper. @param facts what it is of: place, days, filter, up to when it is counted @param means what the figures mean */
public record BoardPaper(String title, List<Fact> facts, List<String> says, List<Fact> tiles, List<Part> parts, String meaning, List<Fact> means) {

    public BoardPaper {
        facts = List.copyOf(facts);
        says = List.copyOf(says);
        tiles = List.copyOf(tiles);
        parts = List.copyOf(parts);
        means = List.copyOf(means);
    }

    public record Fact(String label, String value) {
    }

    /** A table. @param barred whether a bar stands in its first column of numbers @param heat whether its cells are shaded */
    public record Part(String title, String note, List<String> heads, List<Row> rows, boolean barred, boolean heat) {

        public Part {
            heads = List.copyOf(heads);
            rows = List.copyOf(rows);
        }
    }

    public record Row(String name, List<Spot> spots) {

        public Row {
            spots = List.copyOf(spots);
        }
    }

    /** @param share hundredths of the longest bar @param shade 0 to 5 */
    public record Spot(String text, int share, int shade) {
    }
}
