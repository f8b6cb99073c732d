package org.heshi.statistics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many took how long, in whole seconds, so that the median of a county is right whether its towns are asked or itself: histograms add up. Up to 63 seconds each
 * second has its bucket; above that each doubling has 32, all as wide. A bucket answers with its middle, which is off by at most 1/64 (1.6 %).
 */
public final class Histogram {

    private static final int FINE = 32;
    private static final int EXACT = 2 * FINE;
    /** About 68 years. */
    private static final long MOST = Integer.MAX_VALUE;

    public static final Histogram EMPTY = new Histogram(new int[0], new long[0]);

    private final int[] buckets;
    private final long[] counts;

    private Histogram(int[] buckets, long[] counts) {
        this.buckets = buckets;
        this.counts = counts;
    }

    /** @param buckets ascending @param counts as many, none of them 0 */
    public static Histogram of(int[] buckets, long[] counts) {
        for (int i = 0; i < buckets.length; i++) {
            if (i > 0 && buckets[i] <= buckets[i - 1] || counts[i] == 0) {
                throw new IllegalArgumentException("buckets ascend, and none is empty");
            }
        }
        return buckets.length == 0 ? EMPTY : new Histogram(buckets.clone(), counts.clone());
    }

    /** The bucket of a time. What is below nothing is nothing. */
    public static int bucket(long seconds) {
        long s = Math.clamp(seconds, 0, MOST);
        if (s < EXACT) {
            return (int) s;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(s) - 5;
        return EXACT + (doubling - 1) * FINE + (int) ((s >> doubling) - FINE);
    }

    /** The first second that falls into a bucket. */
    public static long least(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int doubling = (bucket - EXACT) / FINE + 1;
        return (long) (FINE + (bucket - EXACT) % FINE) << doubling;
    }

    /** What a bucket answers with. */
    public static long middle(int bucket) {
        return (least(bucket) + least(bucket + 1) - 1) / 2;
    }

    public int[] buckets() {
        return buckets.clone();
    }

    public long[] counts() {
        return counts.clone();
    }

    public long n() {
        return Arrays.stream(counts).sum();
    }

    /** The least time within which this share of all was done, such as 0.5 or 0.9 (nearest rank); empty of nothing. */
    public Optional<Duration> quantile(double share) {
        long n = n();
        if (n <= 0) {
            return Optional.empty();
        }
        long rank = Math.clamp((long) Math.ceil(share * n), 1, n);
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Optional.of(Duration.ofSeconds(middle(buckets[i])));
            }
        }
        throw new IllegalStateException("fewer than " + n);
    }

    public Optional<Duration> median() {
        return quantile(0.5);
    }

    public Optional<Duration> p90() {
        return quantile(0.9);
    }

    public Histogram plus(Histogram other) {
        int[] to = new int[buckets.length + other.buckets.length];
        long[] n = new long[to.length];
        int size = 0;
        for (int i = 0, j = 0; i < buckets.length || j < other.buckets.length;) {
            int next = j == other.buckets.length || i < buckets.length && buckets[i] <= other.buckets[j] ? buckets[i] : other.buckets[j];
            long sum = 0;
            if (i < buckets.length && buckets[i] == next) {
                sum += counts[i++];
            }
            if (j < other.buckets.length && other.buckets[j] == next) {
                sum += other.counts[j++];
            }
            if (sum != 0) {
                to[size] = next;
                n[size++] = sum;
            }
        }
        return size == 0 ? EMPTY : new Histogram(Arrays.copyOf(to, size), Arrays.copyOf(n, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram h && Arrays.equals(buckets, h.buckets) && Arrays.equals(counts, h.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(buckets) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return n() + " times";
    }
}
