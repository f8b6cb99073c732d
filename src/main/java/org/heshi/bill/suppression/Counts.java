package org.heshi.bill.suppression;

import java.util.Arrays;

/** Counts by row and column. Row 0 and column 0 are the totals of the others. */
public final class Counts {

    private final int rows;
    private final int columns;
    private final int[] cells;

    private Counts(int rows, int columns, int[] cells) {
        this.rows = rows;
        this.columns = columns;
        this.cells = cells;
    }

    /** @param inner rows of the same length, without totals */
    public static Counts of(int[][] inner) {
        int columns = Arrays.stream(inner).mapToInt(row -> row.length).max().orElse(0) + 1;
        Counts counts = new Counts(inner.length + 1, columns, new int[(inner.length + 1) * columns]);
        for (int row = 1; row < counts.rows; row++) {
            for (int column = 1; column < columns; column++) {
                int count = inner[row - 1][column - 1];
                if (count < 0) {
                    throw new IllegalArgumentException("a count below nothing");
                }
                counts.cells[row * columns + column] = count;
                counts.cells[row * columns] += count;
                counts.cells[column] += count;
                counts.cells[0] += count;
            }
        }
        return counts;
    }

    /** With the totals included. */
    public int rows() {
        return rows;
    }

    /** With the totals included. */
    public int columns() {
        return columns;
    }

    public int at(int row, int column) {
        return cells[row * columns + column];
    }

    int at(int cell) {
        return cells[cell];
    }

    int size() {
        return cells.length;
    }
}
