package org.heshi.bill.edition;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.heshi.bill.suppression.Counts;
import org.heshi.statistics.Histogram;

/** Months of an invented county, as they would be counted. */
final class BillOf {

    static final List<Part.Line> TOWNS = List.of(new Part.Line("330681001", "浣东街道", "Huandong"), new Part.Line("330681100", "枫桥镇", "Fengqiao"),
            new Part.Line("330681101", "店口镇", "Diankou"), new Part.Line("330681102", "=山下湖镇", "Shanxiahu"), new Part.Line("", "未归入乡镇（街道）", "Not in a town"));
    static final List<Part.Line> CATEGORIES = List.of(new Part.Line("01", "城乡建设", "Towns"), new Part.Line("02", "农村农业", "Country"), new Part.Line("03", "劳动和社会保障", "Labour"),
            new Part.Line("", "尚未分类", "Not sorted"));

    private BillOf() {
    }

    static Counted month(Random random) {
        int[][] received = counts(random, 18);
        int[][] solved = counts(random, 15);
        return new Counted(TOWNS, CATEGORIES, measured(counts(random, 3), counts(random, 3), random), measured(received, solved, random), times(random, solved));
    }

    private static Counted.Measured measured(int[][] received, int[][] solved, Random random) {
        return new Counted.Measured(Counts.of(received), Counts.of(solved), Counts.of(counts(random, 1)), Counts.of(counts(random, 9)), Counts.of(counts(random, 1)));
    }

    private static int[][] counts(Random random, int mean) {
        int[][] counts = new int[TOWNS.size()][CATEGORIES.size()];
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                boolean rare = row == counts.length - 1 || column == counts[row].length - 1;
                counts[row][column] = random.nextInt(rare ? 2 : mean * 2 + 1);
            }
        }
        return counts;
    }

    private static Histogram[][] times(Random random, int[][] solved) {
        Histogram[][] times = new Histogram[solved.length + 1][solved[0].length + 1];
        for (int row = 0; row < times.length; row++) {
            for (int column = 0; column < times[row].length; column++) {
                times[row][column] = Histogram.of(new int[] {Histogram.bucket(86_400L * (2 + random.nextInt(5)))}, new long[] {20});
            }
        }
        return times;
    }

    static List<Part> months(YearMonth first, int months, Random random, Instant at) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < months; i++) {
            parts.add(Telling.tell(UUID.randomUUID(), first.plusMonths(i), at, 5, month(random), List.of(), random));
        }
        return parts;
    }
}
