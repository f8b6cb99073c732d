package org.heshi.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class HistogramProperties {

    private static Histogram of(List<Long> seconds) {
        Histogram all = Histogram.EMPTY;
        for (long one : seconds) {
            all = all.plus(Histogram.of(new int[] {Histogram.bucket(one)}, new long[] {1}));
        }
        return all;
    }

    @Property(tries = 300)
    void aQuantileIsOffByLessThanTwoPercent(@ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 200_000_000) Long> seconds, @ForAll @IntRange(min = 1, max = 100) int percent) {
        long exact = seconds.stream().sorted().skip((long) Math.ceil(percent / 100.0 * seconds.size()) - 1).findFirst().orElseThrow();
        long answered = of(seconds).quantile(percent / 100.0).orElseThrow().toSeconds();
        assertThat(Math.abs(answered - exact)).isLessThanOrEqualTo((long) Math.ceil(exact / 64.0));
    }

    @Property(tries = 300)
    void isTheSameWhicheverWayItIsSummed(@ForAll @Size(max = 30) List<@LongRange(min = 0, max = 50_000_000) Long> one,
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 50_000_000) Long> other) {
        List<Long> all = new java.util.ArrayList<>(one);
        all.addAll(other);
        assertThat(of(one).plus(of(other))).isEqualTo(of(other).plus(of(one))).isEqualTo(of(all));
        assertThat(of(all).n()).isEqualTo(all.size());
    }

    @Property(tries = 1000)
    void everySecondFallsIntoTheBucketThatHoldsIt(@ForAll @LongRange(min = 0, max = Integer.MAX_VALUE - 1) long second) {
        int bucket = Histogram.bucket(second);
        assertThat(second).isBetween(Histogram.least(bucket), Histogram.least(bucket + 1) - 1);
        assertThat(Histogram.bucket(Duration.ofSeconds(-1).toSeconds())).isZero();
    }
}
