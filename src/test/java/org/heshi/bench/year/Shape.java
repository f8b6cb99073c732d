package org.heshi.bench.year;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.SplittableRandom;

/**
 * When matters come in and what they are. The shape of a year is an assumption that is written down here and in bench/README.md, not a published figure:
 * grid events follow the rounds (half past eight to eleven, two to half past five, little on Sundays, less in the weeks of the Spring Festival), orders of the
 * hotline run all day with a second peak in the evening and more of them in the heat of July and August, petitions and disputes keep office hours, petitions
 * peak before the Spring Festival when wages are owed.
 */
final class Shape {

    private Shape() {
    }

    enum Kind {
        GRID_EVENT, ORDER, PETITION, DISPUTE
    }

    private static final double[] MONTHS_OF_EVENTS = {0.85, 0.55, 1.0, 1.05, 1.1, 1.15, 1.2, 1.15, 1.05, 0.95, 1.0, 0.95};
    private static final double[] MONTHS_OF_ORDERS = {0.9, 0.7, 0.9, 0.95, 1.0, 1.15, 1.4, 1.35, 1.0, 0.9, 0.85, 0.9};
    private static final double[] MONTHS_OF_PETITIONS = {1.6, 0.7, 1.1, 0.95, 0.9, 0.95, 0.95, 0.9, 0.95, 0.85, 0.95, 1.25};
    private static final double[] ROUNDS = {0, 0, 0, 0, 0, 0, 1, 4, 12, 16, 14, 8, 2, 2, 9, 13, 12, 7, 3, 2, 1, 0.5, 0, 0};
    private static final double[] HOTLINE = {1, .6, .4, .3, .4, .8, 2, 4, 8, 10, 9, 7, 4, 4, 7, 8, 7, 6, 5, 6, 6, 4, 3, 2};
    private static final double[] OFFICE = {0, 0, 0, 0, 0, 0, 0, 0, 10, 16, 15, 8, .5, .5, 11, 14, 12, 6, 0, 0, 0, 0, 0, 0};

    private static final double[][] MONTHS = {MONTHS_OF_EVENTS, MONTHS_OF_ORDERS, MONTHS_OF_PETITIONS, MONTHS_OF_PETITIONS};
    private static final double[][] HOURS = {ROUNDS, HOTLINE, OFFICE, OFFICE};
    /** Weight of Saturday and of Sunday against a weekday. */
    private static final double[][] WEEKEND = {{.6, .35}, {.8, .75}, {.05, 0}, {.15, .05}};

    /** The categories that each kind has, most frequent first; the n-th is drawn with weight 1/n. */
    private static final String[][] CATEGORIES = {
            {"02", "0703", "0301", "0302", "0303", "0401", "0201", "0202", "0701", "0702", "05", "06", "08", "0101", "0102"},
            {"02", "0201", "0703", "030302", "0301", "04", "0401", "0501", "06", "0701", "08", "09", "10"},
            {"01", "0101", "0102", "04", "05", "06", "07", "09"},
            {"02", "01", "0101", "03", "04", "05"}};

    static LocalDateTime time(Kind kind, int year, SplittableRandom random) {
        while (true) {
            LocalDate day = LocalDate.ofYearDay(year, 1 + random.nextInt(LocalDate.of(year, 12, 31).getDayOfYear()));
            double weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY ? WEEKEND[kind.ordinal()][0]
                    : day.getDayOfWeek() == DayOfWeek.SUNDAY ? WEEKEND[kind.ordinal()][1] : 1;
            if (random.nextDouble() * 1.6 < MONTHS[kind.ordinal()][day.getMonthValue() - 1] * weekend) {
                return day.atTime(hour(HOURS[kind.ordinal()], random), random.nextInt(60), random.nextInt(60));
            }
        }
    }

    private static int hour(double[] weights, SplittableRandom random) {
        double all = 0;
        for (double weight : weights) {
            all += weight;
        }
        double at = random.nextDouble() * all;
        int hour = 0;
        while ((at -= weights[hour]) > 0) {
            hour++;
        }
        return hour;
    }

    /** @param known those that the directory has */
    static String category(Kind kind, java.util.Set<String> known, SplittableRandom random) {
        String[] all = CATEGORIES[kind.ordinal()];
        while (true) {
            String category = all[(int) Math.min(all.length - 1, Math.exp(random.nextDouble() * Math.log(all.length + 1)) - 1)];
            if (known.contains(category)) {
                return category;
            }
        }
    }

    /** Seven in ten blue, a quarter yellow, the rest red. */
    static String level(SplittableRandom random) {
        int n = random.nextInt(100);
        return n < 72 ? "blue" : n < 96 ? "yellow" : "red";
    }
}
