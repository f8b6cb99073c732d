package org.heshi.statistics;

/**
 * What is counted. Each stands on the civil day on which it happened; docs/figures.md says what exactly each means.
 *
 * @param received     came in
 * @param closed       closings; one that was undone counts, with the outcome {@code reopened}
 * @param reopened     went on after a closing
 * @param open         stood open at the end of the last day asked about; for rows by day or month at the end of that day or month; not by outcome, hour or weekday, where it is 0
 * @param late         of the closings, those of matters of which an office kept some limit too late
 * @param toAcceptance time from coming in to the lead's first signing for it, on the day of signing
 * @param toClosing    time from coming in to the closing
 * @param chargedMillis how long units had matters in their hands that were closed; by UNIT each its own share
 * @param ratings      how many reporters gave stars, of matters that are closed
 * @param stars        the sum of them, 1 to 5 each
 * @param satisfied    answered satisfied, fairly, not satisfied, of matters that are closed
 */
public record Measures(long received, long closed, long reopened, long open, long late, Histogram toAcceptance, Histogram toClosing, long chargedMillis, long ratings,
        long stars, long satisfied, long fair, long unsatisfied, long resolved, long partly, long unresolved) {

    public static final Measures NOTHING = new Measures(0, 0, 0, 0, 0, Histogram.EMPTY, Histogram.EMPTY, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of those who answered whether they are satisfied. */
    public long answered() {
        return satisfied + fair + unsatisfied;
    }

    /** Of those who said whether it is solved. */
    public long told() {
        return resolved + partly + unresolved;
    }

    /** Both together; what stands open at the end is the other's, which comes after. */
    public Measures plus(Measures after) {
        return new Measures(received + after.received, closed + after.closed, reopened + after.reopened, after.open, late + after.late, toAcceptance.plus(after.toAcceptance),
                toClosing.plus(after.toClosing), chargedMillis + after.chargedMillis, ratings + after.ratings, stars + after.stars, satisfied + after.satisfied, fair + after.fair,
                unsatisfied + after.unsatisfied, resolved + after.resolved, partly + after.partly, unresolved + after.unresolved);
    }

    public boolean nothing() {
        return equals(NOTHING);
    }
}
