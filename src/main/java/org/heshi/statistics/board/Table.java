package org.heshi.statistics.board;

import java.util.List;

/**
 * A table of figures: what every picture is drawn from, and what is taken out.
 *
 * @param name  as addresses and message keys have it
 * @param title in words
 * @param heads of the columns; the first is of what the rows are by
 * @param note  what is to be known beside it; may be empty
 */
public record Table(String name, String title, List<Head> heads, List<Row> rows, String note) {

    public Table {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /** @param unit of the numbers where they are taken out as numbers; may be empty */
    public record Head(String label, String unit) {

        public static Head of(String label) {
            return new Head(label, "");
        }

        public String whole() {
            return unit.isEmpty() ? label : label + " (" + unit + ")";
        }
    }

    /** @param href of its name, where one goes deeper; may be empty */
    public record Row(String name, String href, List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * @param text  as people read it
     * @param value the number that it is, for who reckons with it; empty text when it is none
     * @param href  the list behind it; may be empty
     * @param share hundredths of the greatest in its column, for a bar; -1 without one
     */
    public record Cell(String text, Object value, String href, int share) {
    }

    public boolean empty() {
        return rows.isEmpty();
    }
}
