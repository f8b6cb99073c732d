package org.heshi.statistics.cube;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Bench;
import org.heshi.kernel.CivilTime;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Question.Cut;
import org.heshi.statistics.Whose;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Every question of the dashboards, on cells of so many entries' worth of invented matters that have the shape of a year. No program runs beside it. */
@Component
class FiguresBench implements Bench {

    private static final int ENTRIES_A_MATTER = 5;
    private static final int MATTERS_A_YEAR = 576_000;
    private static final int COUNTIES = 10;
    private static final int TOWNS = 20;
    private static final int VILLAGES = 12;
    private static final int FIRST_LEVELS = 8;
    private static final int SECOND_LEVELS = 5;
    private static final int THIRD_LEVELS = 3;
    private static final int SEED = 11;
    private static final String[] KINDS = {"grid-event", "service", "dispute", "petition", "advice", "hazard"};
    private static final int[] KIND_SHARES = {78, 9, 3, 4, 4, 2};
    private static final String[] CHANNELS = {"grid", "hotline-12345", "window", "web", "phone", "agency", "court"};
    private static final int[] CHANNEL_SHARES = {70, 12, 7, 5, 4, 1, 1};
    private static final String[] OUTCOMES = {"resolved", "explained", "not-ours", "unfounded"};
    private static final int[] OUTCOME_SHARES = {90, 6, 3, 1};
    private static final int[] HOUR_SHARES = {1, 1, 1, 1, 1, 2, 3, 6, 14, 16, 15, 10, 5, 6, 12, 14, 13, 10, 6, 4, 3, 2, 1, 1};

    private final Rebuild rebuild;
    private final KeptCells kept;
    private final CellWords words;
    private final Figures figures;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    FiguresBench(Rebuild rebuild, KeptCells kept, CellWords words, Figures figures, @Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions,
            InstantSource clock) {
        this.rebuild = rebuild;
        this.kept = kept;
        this.words = words;
        this.figures = figures;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "figures";
    }

    @Override
    public String measures() {
        return "Each question of a dashboard of a village, town, county, prefecture and province at several sizes of cells, and the ratio of the largest to the smallest. "
                + "Options: sizes=1000000,100000000 entries (0: of the cells that are there), asked=200 times each";
    }

    @Override
    public List<Figure> run(Map<String, String> options) {
        List<Figure> told = new ArrayList<>();
        int asked = Integer.parseInt(options.getOrDefault("asked", "200"));
        Map<String, Double> least = new LinkedHashMap<>();
        double worst = 0;
        for (String size : options.getOrDefault("sizes", "1000000,100000000").split(",")) {
            long entries = Long.parseLong(size.strip());
            long start = System.nanoTime();
            int prefectures = entries == 0 ? there() : fill(entries / ENTRIES_A_MATTER);
            if (entries > 0) {
                told.add(new Figure("cells of %,d entries filled".formatted(entries), (System.nanoTime() - start) / 1e9, "s", ""));
                jdbc.sql("select pg_table_size('statistics.cube') + pg_indexes_size('statistics.cube')").query(Long.class).optional()
                        .ifPresent(bytes -> told.add(new Figure("cells and their index an entry", (double) bytes / entries, "B", "%,d MB".formatted(bytes >> 20))));
            }
            for (Took one : ask(prefectures, asked)) {
                double p99 = one.millis()[one.millis().length * 99 / 100];
                told.add(new Figure(one.name() + ", p99", p99, "ms", "median %.1f, %,d entries; at most 100; of processor time Java %.1f, PostgreSQL %.1f"
                        .formatted(one.millis()[one.millis().length / 2], entries, one.java(), one.database())));
                worst = Math.max(worst, p99);
                Double before = least.putIfAbsent(one.name(), p99);
                if (before != null) {
                    told.add(new Figure(one.name() + ", against the smallest size", p99 / before, "x", "at most 1.5"));
                }
            }
        }
        told.add(new Figure("the slowest question of all, p99", worst, "ms", "at most 100"));
        return told;
    }

    private int there() {
        return jdbc.sql("select count(distinct whose) from statistics.cube where grain = 'o' and length(whose) = 4").query(Integer.class).single();
    }

    // ---- invented matters

    /** @return over how many prefectures they lie */
    private int fill(long matters) {
        int prefectures = (int) Math.max(1, Math.min(10, matters / (3 * MATTERS_A_YEAR)));
        double years = (double) matters / prefectures / MATTERS_A_YEAR;
        long days = Math.max(30, Math.round(years * 365));
        long inTown = matters / ((long) prefectures * COUNTIES * TOWNS);
        LocalDate today = CivilTime.dateOf(clock.instant());
        transactions.executeWithoutResult(_ -> {
            kept.lock();
            jdbc.sql("delete from statistics.pending").update();
            jdbc.sql("delete from statistics.cube").update();
            jdbc.sql("delete from statistics.life").update();
        });
        transactions.executeWithoutResult(_ -> words.numbers(everyWord(prefectures * COUNTIES)));
        // a county a transaction; its prefecture and province come from what is summed at the end
        IntConsumer fill = i -> {
            transactions.executeWithoutResult(_ -> county(new SplittableRandom(SEED + i), i / COUNTIES, i % COUNTIES, inTown, days, today));
            System.err.print(".");
        };
        IntStream.range(0, prefectures * COUNTIES).parallel().forEach(fill);
        transactions.executeWithoutResult(_ -> above());
        System.err.println();
        return prefectures;
    }

    /** Counties are filled beside one another, so that none may have to write down a word. */
    private static Set<String> everyWord(int counties) {
        Set<String> every = new HashSet<>();
        every.addAll(List.of(KINDS));
        every.addAll(List.of(CHANNELS));
        every.addAll(List.of(OUTCOMES));
        for (int first = 1; first <= FIRST_LEVELS; first++) {
            for (int i = 0; i < SECOND_LEVELS * THIRD_LEVELS; i++) {
                every.add(category(first, i));
            }
        }
        IntStream.range(0, counties).forEach(i -> Arrays.stream(units(new SplittableRandom(SEED + i))).map(UUID::toString).forEach(every::add));
        return every;
    }

    private static String category(int first, int below) {
        return "%02d%02d%02d".formatted(first, 1 + below / THIRD_LEVELS, 1 + below % THIRD_LEVELS);
    }

    private static UUID[] units(SplittableRandom random) {
        UUID[] units = new UUID[TOWNS + 12];
        for (int i = 0; i < units.length; i++) {
            units[i] = new UUID(random.nextLong(), random.nextLong());
        }
        return units;
    }

    private void county(SplittableRandom random, int p, int c, long inTown, long days, LocalDate today) {
        Rebuild.Summing summing = rebuild.new Summing(true);
        UUID[] units = units(random);
        for (int t = 0; t < TOWNS; t++) {
            String town = "%02d%02d%02d1%02d".formatted(90, p + 1, c + 1, t + 1);
            List<Counted> some = new ArrayList<>();
            for (long i = 0; i < inTown; i++) {
                Counted one = matter(random, town, units, t, days, today);
                summing.take(one);
                // rows of single matters for one county in ten: they serve what lies below the town
                if (c == 0) {
                    some.add(one);
                    if (some.size() == 5_000) {
                        kept.keep(some);
                        some.clear();
                    }
                }
            }
            kept.keep(some);
        }
        summing.county();
    }

    private Counted matter(SplittableRandom random, String town, UUID[] units, int t, long days, LocalDate today) {
        LocalDate day = today.minusDays(random.nextLong(days));
        Instant came = CivilTime.startOf(day).plusSeconds(3600L * drawn(random, HOUR_SHARES) + random.nextInt(3600));
        int kind = drawn(random, KIND_SHARES);
        // eight first levels, the first ones oftener
        String category = category(1 + (int) (FIRST_LEVELS * Math.pow(random.nextDouble(), 1.7)), random.nextInt(SECOND_LEVELS * THIRD_LEVELS));
        UUID lead = units[random.nextInt(4) == 0 ? TOWNS + random.nextInt(12) : t];
        Duration took = Duration.ofSeconds((long) Math.exp(8 + 2.2 * (random.nextDouble() + random.nextDouble() + random.nextDouble())));
        Instant closed = came.plus(took);
        boolean ended = closed.isBefore(clock.instant());
        return new Counted(new UUID(came.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000), random.nextLong()), town + "2%02d%03d".formatted(1 + random.nextInt(VILLAGES), 1 + random.nextInt(6)), came,
                ended ? Optional.of(closed) : Optional.empty(), true, Optional.of(lead), random.nextInt(20) == 0 ? 1 : 0, false, ended && random.nextInt(25) == 0, KINDS[kind], category,
                CHANNELS[drawn(random, CHANNEL_SHARES)], ended ? OUTCOMES[drawn(random, OUTCOME_SHARES)] : "", Optional.of(came.plus(took.dividedBy(9))), List.of(), List.of(),
                ended ? Map.of(lead, took.toMillis()) : Map.of(), ended && random.nextInt(10) == 0 ? 4 : 0, ended && random.nextInt(5) == 0 ? 1 : 0, 0);
    }

    private static int drawn(SplittableRandom random, int[] shares) {
        int at = random.nextInt(Arrays.stream(shares).sum());
        int i = 0;
        while (at >= shares[i]) {
            at -= shares[i++];
        }
        return i;
    }

    /** Prefectures and the province from their counties. */
    private void above() {
        for (int digits : new int[] {4, 2}) {
            for (String place : jdbc.sql("select distinct left(whose, ?) from statistics.cube where length(whose) = ?").param(digits).param(digits + 2).query(String.class).list()) {
                List<KeptCells.Packed> rows = new ArrayList<>();
                Changes[] sums = {new Changes(Map.of())};
                jdbc.sql("select whose, grain, first, matters, units, hours from statistics.cube where length(whose) = ? and starts_with(whose, ?) order by first")
                        .param(digits + 2).param(place).withFetchSize(500).query(r -> {
                            KeptCells.Packed one = KeptCells.packed(r);
                            if (sums[0].rows.keySet().stream().anyMatch(at -> !at.first().equals(one.at().first()))) {
                                // a day is whole: a year of a province is too much to hold
                                rows.addAll(KeptCells.packed(sums[0]));
                                sums[0] = new Changes(Map.of());
                                write(rows, 100);
                            }
                            sums[0].add(one, place);
                        });
                LocalDate month = CivilTime.dateOf(clock.instant()).withDayOfMonth(1);
                rows.addAll(KeptCells.packed(sums[0]));
                write(rows, 0);
                kept.stale(List.of(new Changes.At(place, 'm', month)));
            }
        }
    }

    private void write(List<KeptCells.Packed> rows, int more) {
        if (rows.size() > more) {
            kept.add(rows);
            rows.clear();
        }
    }

    // ---- questions

    private record Asked(String name, int digits, java.util.function.BiFunction<Whose, LocalDate, List<Question>> questions) {
    }

    /** @param millis ascending @param java of processor time, in milliseconds a time, of the thread that asks @param database of its connections */
    private record Took(String name, double[] millis, double java, double database) {
    }

    private static double mine() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
    }

    private Map<Long, Double> databases() {
        Map<Long, Double> databases = new HashMap<>();
        jdbc.sql("select pid from pg_stat_activity where datname = current_database()").query(Long.class).list().forEach(pid -> databases.put(pid, (double) Bench.processorTime(pid).toMillis()));
        return databases;
    }

    /** Of connections that are still open: now and then one is replaced. */
    private double since(Map<Long, Double> before) {
        double[] sum = {0};
        databases().forEach((pid, used) -> sum[0] += used - before.getOrDefault(pid, 0.0));
        return sum[0];
    }

    private List<Took> ask(int prefectures, int asked) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        List<Asked> kinds = List.of(
                new Asked("a village", 12, FiguresBench::small), new Asked("a town: its villages", 9, (w, d) -> List.of(month(w, d).by(By.PLACE))),
                new Asked("a town", 9, FiguresBench::small),
                new Asked("a county: today, a month, the month before, a year ago", 6, FiguresBench::small),
                new Asked("a county: by towns", 6, (w, d) -> List.of(month(w, d).by(By.PLACE))),
                new Asked("a county: channel to outcome, hours, units", 6, FiguresBench::crossed),
                new Asked("a county: towns, categories, months of a year", 6, (w, d) -> List.of(year(w, d).by(By.TOWN, By.CATEGORY_1, By.MONTH))),
                new Asked("a prefecture: today, a month, the month before, a year ago", 4, FiguresBench::small),
                new Asked("a prefecture: by counties", 4, (w, d) -> List.of(month(w, d).by(By.PLACE))),
                new Asked("a prefecture: channel to outcome, hours, units", 4, FiguresBench::crossed),
                new Asked("a prefecture: a year by month and category, disputes only", 4, (w, d) -> List.of(year(w, d).by(By.MONTH, By.CATEGORY_2).only(Only.ALL.kind("dispute")))),
                new Asked("the province: today, a month, the month before, a year ago", 2, FiguresBench::small),
                new Asked("the province: by prefectures", 2, (w, d) -> List.of(month(w, d).by(By.PLACE))),
                new Asked("the province: channel to outcome, hours, units", 2, FiguresBench::crossed));
        List<Took> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (Asked one : kinds) {
            int times = one.digits() <= 4 ? Math.max(20, asked / 4) : asked;
            double[] taken = new double[times];
            double java = 0;
            Map<Long, Double> database = Map.of();
            for (int i = -times / 5 - 3; i < times; i++) {
                // below the town only where single matters were written
                String code = "%02d%02d%02d1%02d2%02d".formatted(90, 1 + random.nextInt(prefectures), one.digits() >= 9 ? 1 : 1 + random.nextInt(COUNTIES),
                        1 + random.nextInt(TOWNS), 1 + random.nextInt(VILLAGES)).substring(0, one.digits());
                List<Question> questions = one.questions().apply(new Whose.Place(code), today);
                if (i == 0) {
                    java = mine();
                    database = databases();
                }
                long start = System.nanoTime();
                List<Figures.Answer> answers = Acting.as(new Actor.Machine("bench"), () -> figures.ask(questions));
                if (i >= 0) {
                    taken[i] = (System.nanoTime() - start) / 1e6;
                }
                if (answers.stream().mapToLong(answer -> answer.total().received()).sum() == 0) {
                    throw new IllegalStateException("nothing was counted at " + code);
                }
            }
            Arrays.sort(taken);
            all.add(new Took(one.name(), taken, (mine() - java) / times, since(database) / times));
        }
        return all;
    }

    private static Question month(Whose whose, LocalDate today) {
        return new Question(whose, today.minusDays(29), today, Only.ALL, List.of(), Cut.TODAY);
    }

    private static Question year(Whose whose, LocalDate today) {
        return month(whose, today).days(today.minusMonths(11).withDayOfMonth(1), today);
    }

    private static List<Question> small(Whose whose, LocalDate today) {
        Question month = month(whose, today);
        return List.of(month.days(today, today), month.by(By.DAY), month.days(today.minusDays(59), today.minusDays(30)), month.days(today.minusDays(29).minusYears(1), today.minusYears(1)),
                month.by(By.KIND), month.by(By.CATEGORY_1));
    }

    private static List<Question> crossed(Whose whose, LocalDate today) {
        Question month = month(whose, today);
        return List.of(month.by(By.CHANNEL, By.OUTCOME), month.by(By.HOUR, By.WEEKDAY), month.by(By.UNIT));
    }
}
