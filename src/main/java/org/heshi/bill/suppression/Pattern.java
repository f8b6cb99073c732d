package org.heshi.bill.suppression;

import java.util.OptionalInt;

/** What is told of a table: for each count whether, and the number where it is. Holds nothing of what is not told. */
public final class Pattern {

    private final int rows;
    private final int columns;
    private final Shown[] shown;
    private final int[] numbers;

    private Pattern(int rows, int columns, Shown[] shown, int[] numbers) {
        this.rows = rows;
        this.columns = columns;
        this.shown = shown;
        this.numbers = numbers;
    }

    static Pattern of(Counts counts, Shown[] shown) {
        int[] numbers = new int[shown.length];
        for (int cell = 0; cell < shown.length; cell++) {
            numbers[cell] = shown[cell] == Shown.EXACT ? counts.at(cell) : 0;
        }
        return new Pattern(counts.rows(), counts.columns(), shown.clone(), numbers);
    }

    /** What an earlier edition told, as it is read from where it is kept. */
    public static Pattern read(int rows, int columns) {
        Shown[] shown = new Shown[rows * columns];
        java.util.Arrays.fill(shown, Shown.EXACT);
        return new Pattern(rows, columns, shown, new int[rows * columns]);
    }

    /** Sets a cell of what {@link #read} began. */
    public Pattern with(int row, int column, Shown how, int number) {
        shown[row * columns + column] = how;
        numbers[row * columns + column] = how == Shown.EXACT ? number : 0;
        return this;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public Shown at(int row, int column) {
        return shown[row * columns + column];
    }

    public OptionalInt number(int row, int column) {
        return at(row, column) == Shown.EXACT ? OptionalInt.of(numbers[row * columns + column]) : OptionalInt.empty();
    }

    Shown at(int cell) {
        return shown[cell];
    }

    int number(int cell) {
        return numbers[cell];
    }
}
