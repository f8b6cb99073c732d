package org.heshi.statistics.cube;

import java.util.Arrays;
import org.heshi.statistics.Histogram;
import org.heshi.statistics.Measures;
import org.jspecify.annotations.Nullable;

/** What is counted in one cell: sums and two histograms. Sums may be below nothing in what is a change. */
final class Cell {

    static final int RECEIVED = 0;
    static final int CLOSED = 1;
    static final int REOPENED = 2;
    static final int LATE = 3;
    static final int CHARGED = 4;
    static final int RATINGS = 5;
    static final int STARS = 6;
    static final int SATISFIED = 7;
    static final int FAIR = 8;
    static final int UNSATISFIED = 9;
    static final int RESOLVED = 10;
    static final int PARTLY = 11;
    static final int UNRESOLVED = 12;
    static final int OPEN = 13;
    static final int SUMS = 14;

    final long[] sums = new long[SUMS];
    final Times accepted = new Times();
    final Times closed = new Times();

    /** How many in which bucket, ascending; those that came to nothing stay until they are written. Many are kept by bucket, so that one more costs the same. */
    static final class Times {
        private static final int FEW = 40;
        private static final int BUCKETS = Histogram.bucket(Long.MAX_VALUE) + 1;

        private static final int[] NO_BUCKETS = new int[0];
        private static final long[] NO_COUNTS = new long[0];

        int[] buckets = NO_BUCKETS;
        long[] counts = NO_COUNTS;
        int size;
        private long @Nullable [] wide;

        void add(int bucket, long n) {
            long[] all = wide;
            if (all != null) {
                all[bucket] += n;
                return;
            }
            int at = size > 0 && buckets[size - 1] < bucket ? -size - 1 : Arrays.binarySearch(buckets, 0, size, bucket);
            if (at >= 0) {
                counts[at] += n;
                return;
            }
            at = -at - 1;
            if (size >= FEW) {
                all = new long[BUCKETS];
                for (int i = 0; i < size; i++) {
                    all[buckets[i]] = counts[i];
                }
                all[bucket] += n;
                wide = all;
                return;
            }
            if (size == buckets.length) {
                buckets = Arrays.copyOf(buckets, size == 0 ? 2 : size * 2);
                counts = Arrays.copyOf(counts, buckets.length);
            }
            System.arraycopy(buckets, at, buckets, at + 1, size - at);
            System.arraycopy(counts, at, counts, at + 1, size - at);
            buckets[at] = bucket;
            counts[at] = n;
            size++;
        }

        void add(Times other, int sign) {
            other.settle();
            for (int i = 0; i < other.size; i++) {
                add(other.buckets[i], sign * other.counts[i]);
            }
        }

        /** As pairs again. */
        private void settle() {
            long[] all = wide;
            if (all == null) {
                return;
            }
            wide = null;
            int kept = 0;
            for (long n : all) {
                kept += n != 0 ? 1 : 0;
            }
            size = 0;
            buckets = new int[kept];
            counts = new long[kept];
            for (int bucket = 0; bucket < all.length; bucket++) {
                if (all[bucket] != 0) {
                    buckets[size] = bucket;
                    counts[size++] = all[bucket];
                }
            }
        }

        boolean nothing() {
            settle();
            for (int i = 0; i < size; i++) {
                if (counts[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        Histogram histogram() {
            settle();
            if (Arrays.stream(counts, 0, size).allMatch(n -> n != 0)) {
                return Histogram.of(size == buckets.length ? buckets : Arrays.copyOf(buckets, size), size == counts.length ? counts : Arrays.copyOf(counts, size));
            }
            int[] to = new int[size];
            long[] n = new long[size];
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (counts[i] != 0) {
                    to[kept] = buckets[i];
                    n[kept++] = counts[i];
                }
            }
            return Histogram.of(Arrays.copyOf(to, kept), Arrays.copyOf(n, kept));
        }
    }

    void add(Cell other, int sign) {
        for (int i = 0; i < SUMS; i++) {
            sums[i] += sign * other.sums[i];
        }
        accepted.add(other.accepted, sign);
        closed.add(other.closed, sign);
    }

    boolean nothing() {
        for (long sum : sums) {
            if (sum != 0) {
                return false;
            }
        }
        return accepted.nothing() && closed.nothing();
    }

    Measures measures(long open) {
        return new Measures(sums[RECEIVED], sums[CLOSED], sums[REOPENED], open, sums[LATE], accepted.histogram(), closed.histogram(), sums[CHARGED], sums[RATINGS],
                sums[STARS], sums[SATISFIED], sums[FAIR], sums[UNSATISFIED], sums[RESOLVED], sums[PARTLY], sums[UNRESOLVED]);
    }
}
