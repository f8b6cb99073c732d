package org.heshi.bill.edition;

import java.util.List;
import org.heshi.bill.suppression.Counts;
import org.heshi.statistics.Histogram;

/**
 * One month as it is, before anything of it is told. Never leaves this package.
 *
 * @param towns      without the total
 * @param categories without the total
 * @param times      of those that were solved, listed or not, with the totals in row and column 0
 */
record Counted(List<Part.Line> towns, List<Part.Line> categories, Measured listed, Measured others, Histogram[][] times) {

    /** What people said is in {@code others} for all kinds: it is published of no single matter. */
    record Measured(Counts received, Counts solved, Counts otherwise, Counts content, Counts discontent) {
    }
}
