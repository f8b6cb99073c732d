package org.heshi.bill.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.heshi.bill.edition.Part;

/** A number as it is told to readers: worked out of what is printed alone. */
public sealed interface Told {

    record Exactly(long n) implements Told {
    }

    /** Those that are published one by one; of the others nothing is told. */
    record AtLeast(long n) implements Told {
    }

    record Nothing() implements Told {
    }

    static Told of(long listed, int others) {
        return others >= 0 ? new Exactly(listed + others) : listed > 0 ? new AtLeast(listed) : new Nothing();
    }

    /** The sum of months: at least so many where one of them is not told. */
    static Told sum(List<Told> months) {
        long sum = 0;
        boolean whole = true;
        for (Told month : months) {
            sum += month.least();
            whole &= month instanceof Exactly;
        }
        return whole && !months.isEmpty() ? new Exactly(sum) : sum > 0 ? new AtLeast(sum) : new Nothing();
    }

    default long least() {
        return switch (this) {
            case Exactly(long n) -> n;
            case AtLeast(long n) -> n;
            case Nothing() -> 0;
        };
    }

    /** {@code exactly}, {@code at-least} or {@code nothing}, as message keys have it. */
    default String key() {
        return switch (this) {
            case Exactly(long _) -> "exactly";
            case AtLeast(long _) -> "at-least";
            case Nothing() -> "nothing";
        };
    }

    /**
     * A share of two counts in tenths of a per cent, rounded down.
     *
     * @param least whether it is that or more
     */
    record Share(int perMille, boolean least) {

        public String words() {
            return (least ? "≥ " : "") + BigDecimal.valueOf(perMille, 1).setScale(1, RoundingMode.DOWN).toPlainString() + "%";
        }
    }

    /** Good of good and bad: where the number of the good is told, of k or more. */
    static Optional<Share> share(int k, long listedGood, int good, long listedBad, int bad) {
        if (good < 0 || bad == Part.HIDDEN) {
            return Optional.empty();
        }
        long well = listedGood + good;
        long all = well + listedBad + (bad == Part.AT_MOST ? k : bad);
        return all < k || well == 0 ? Optional.empty() : Optional.of(new Share((int) (well * 1000 / all), bad == Part.AT_MOST));
    }

    static Optional<Share> solved(Part part, Part.Cell cell) {
        return share(part.k(), cell.listed().solved(), cell.solved(), cell.listed().otherwise(), cell.otherwise());
    }

    static Optional<Share> satisfied(Part part, Part.Cell cell) {
        return share(part.k(), 0, cell.content(), 0, cell.discontent());
    }
}
