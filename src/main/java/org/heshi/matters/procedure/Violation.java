package org.heshi.matters.procedure;

import java.util.Comparator;

/**
 * One thing that is wrong with a procedure file.
 *
 * @param file name as the deployer knows it
 * @param line counted from 1
 */
public record Violation(String file, int line, String message) implements Comparable<Violation> {

    private static final Comparator<Violation> ORDER =
            Comparator.comparing(Violation::file).thenComparingInt(Violation::line).thenComparing(Violation::message);

    @Override
    public int compareTo(Violation other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
