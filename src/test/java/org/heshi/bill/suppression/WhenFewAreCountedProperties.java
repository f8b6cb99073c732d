package org.heshi.bill.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Whoever has every table and every edition learns no count under five and no difference under five. */
class WhenFewAreCountedProperties {

    private static final int K = 5;

    private static int[][] sparse(Random random, int rows, int columns, double mean) {
        int[][] inner = new int[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                inner[row][column] = random.nextInt(3) == 0 ? 0 : (int) (-Math.log(1 - random.nextDouble()) * mean * (random.nextInt(6) == 0 ? 8 : 1));
            }
        }
        return inner;
    }

    /** The same month counted anew: some matters went elsewhere, came in late or were no matters. */
    private static int[][] corrected(Random random, int[][] inner) {
        int[][] anew = new int[inner.length][];
        for (int row = 0; row < inner.length; row++) {
            anew[row] = inner[row].clone();
            for (int column = 0; column < anew[row].length; column++) {
                int by = switch (random.nextInt(6)) {
                    case 0 -> random.nextInt(5) - 2;
                    case 1 -> random.nextInt(20) - 8;
                    default -> 0;
                };
                anew[row][column] = Math.max(0, anew[row][column] + by);
            }
        }
        return anew;
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void noCountUnderFiveIsLearntFromOneEdition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int rows, @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @DoubleRange(min = 0.5, max = 12) double mean, @ForAll boolean atMost) {
        Random random = new Random(seed);
        Counts counts = Counts.of(sparse(random, rows, columns, mean));
        Suppression suppression = new Suppression(K, random);
        safe(counts, atMost ? suppression.decideWithAtMost(counts, List.of()) : suppression.decide(counts, List.of()));
    }

    private static void safe(Counts counts, Pattern printed) {
        Attacker attacker = new Attacker(K, printed);
        for (int row = 0; row < counts.rows(); row++) {
            for (int column = 0; column < counts.columns(); column++) {
                if (counts.at(row, column) < K) {
                    assertThat(printed.number(row, column)).isEmpty();
                    assertThat(attacker.most(0, row, column)).as("the most that row %d, column %d can be", row, column).isGreaterThanOrEqualTo(K);
                } else if (printed.at(row, column) == Shown.EXACT) {
                    assertThat(printed.number(row, column)).hasValue(counts.at(row, column));
                }
            }
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void noDifferenceUnderFiveIsLearntFromTwoEditionsOrThree(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(min = 1, max = 4) int columns,
            @ForAll @DoubleRange(min = 2, max = 20) double mean, @ForAll boolean atMost) {
        Random random = new Random(seed);
        Suppression suppression = new Suppression(K, random);
        int[][] first = sparse(random, rows, columns, mean);
        int[][] second = corrected(random, first);
        int[][] third = corrected(random, second);
        Counts[] counts = {Counts.of(first), Counts.of(second), Counts.of(third)};
        Pattern one = atMost ? suppression.decideWithAtMost(counts[0], List.of()) : suppression.decide(counts[0], List.of());
        Pattern two = suppression.decide(counts[1], List.of(one));
        Pattern three = suppression.decide(counts[2], List.of(one, two));
        Attacker attacker = new Attacker(K, one, two, three);
        int[][] pairs = {{0, 1}, {1, 2}, {0, 2}};
        for (int row = 0; row < counts[0].rows(); row++) {
            for (int column = 0; column < counts[0].columns(); column++) {
                for (int edition = 0; edition < 3; edition++) {
                    if (counts[edition].at(row, column) < K) {
                        assertThat(attacker.most(edition, row, column)).isGreaterThanOrEqualTo(K);
                    }
                }
                for (int[] pair : pairs) {
                    int difference = Math.abs(counts[pair[1]].at(row, column) - counts[pair[0]].at(row, column));
                    if (difference != 0 && difference < K) {
                        assertThat(attacker.widest(pair[0], pair[1], row, column)).as("difference of row %d, column %d", row, column).isGreaterThanOrEqualTo(K);
                    }
                }
            }
        }
    }

    /** Planted: who hides the small alone is found out, so the solver is no straw man. */
    @Example
    void findsWhatIsHiddenAlone() {
        Counts counts = Counts.of(new int[][] {{3, 20, 30}, {40, 50, 60}, {70, 80, 2}});
        Pattern naive = Pattern.read(4, 4);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                naive.with(row, column, counts.at(row, column) < K ? Shown.HIDDEN : Shown.EXACT, counts.at(row, column));
            }
        }
        assertThat(new Attacker(K, naive).most(0, 1, 1)).isEqualTo(3);
        assertThat(new Attacker(K, naive).most(0, 3, 3)).isEqualTo(2);
        safe(counts, new Suppression(K, new Random(1)).decide(counts, List.of()));
    }

    /** Planted: each edition is safe alone, and the two together tell that three came. */
    @Example
    void findsWhatTwoEditionsTellTogether() {
        Pattern first = new Suppression(K, new Random(1)).decide(Counts.of(new int[][] {{20, 30}, {40, 50}}), List.of());
        Counts counts = Counts.of(new int[][] {{23, 30}, {40, 50}});
        Pattern alone = new Suppression(K, new Random(1)).decide(counts, List.of());
        assertThat(new Attacker(K, first, alone).widest(0, 1, 1, 1)).isEqualTo(3);
        Pattern together = new Suppression(K, new Random(1)).decide(counts, List.of(first));
        assertThat(new Attacker(K, first, together).widest(0, 1, 1, 1)).isGreaterThanOrEqualTo(K);
    }

    /** Pushed to its end, a hidden count leaves another one at nothing: so it is no argument that it must be small since something had to be the reason. */
    @Example
    void theRuleItselfTellsNothing() {
        Counts counts = Counts.of(new int[][] {{3, 100, 70}, {100, 100, 60}, {50, 40, 30}});
        Pattern printed = new Suppression(K, new Random(7)).decide(counts, List.of());
        assertThat(new Attacker(K, printed).most(0, 1, 1)).isGreaterThan(30);
    }

    @Example
    void isFastAtTheSizeOfACountyAndOfAPrefecture() {
        for (int towns : new int[] {25, 200}) {
            Random random = new Random(towns);
            long hidden = 0;
            long shields = 0;
            long big = 0;
            long began = System.nanoTime();
            int months = towns == 25 || Boolean.getBoolean("heshi.full") ? 24 : 3;
            for (int month = 0; month < months; month++) {
                int[][] inner = new int[towns][20];
                for (int town = 0; town < towns; town++) {
                    double size = Math.exp(random.nextGaussian() * 0.5);
                    for (int category = 0; category < 20; category++) {
                        // as Yangshan: 345 matters a town and month, most in a few categories
                        double mean = 345 * size * 0.22 * Math.pow(0.78, category);
                        inner[town][category] = (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
                    }
                }
                Counts counts = Counts.of(inner);
                Pattern printed = new Suppression(K, random).decide(counts, List.of());
                for (int row = 0; row < counts.rows(); row++) {
                    for (int column = 0; column < counts.columns(); column++) {
                        boolean small = counts.at(row, column) < K;
                        big += small ? 0 : 1;
                        hidden += printed.at(row, column) == Shown.EXACT ? 0 : 1;
                        shields += !small && printed.at(row, column) != Shown.EXACT ? 1 : 0;
                    }
                }
            }
            long millis = (System.nanoTime() - began) / 1_000_000;
            System.out.printf("%d towns x 20 categories x %d months: %d ms, %d of %d cells hidden, %.1f %% of those of five or more%n", towns, months, millis, hidden,
                    (towns + 1) * 21L * months, 100.0 * shields / big);
            assertThat(shields).as("what is lost though it was not small").isLessThan(big / 5);
            assertThat(millis).isLessThan(towns == 25 ? 5_000 : 60_000);
        }
    }
}
