package org.heshi.statistics.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Lives;
import org.heshi.matters.Lives.Life;
import org.heshi.matters.Lives.Step;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Answer;
import org.heshi.statistics.Figures.Row;
import org.heshi.statistics.Histogram;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Question.Cut;
import org.heshi.statistics.Recount;
import org.heshi.statistics.Whose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Random lives, told in any order, in batches that come twice, late or never were committed: the cells equal a naive recount over the lives.
 */
@HeshiTest
class WhenFiguresAreCountedProperties {

    private static final Actor.Machine MACHINE = new Actor.Machine("figures");
    private static final List<String> KINDS = List.of("intake", "dispute", "petition", "grid-event");
    private static final List<String> CATEGORIES = List.of("", "01", "0102", "010203", "0301");
    private static final List<String> CHANNELS = List.of("web", "window", "hotline-12345");
    private static final List<String> OUTCOMES = List.of("resolved", "explained", "withdrawn");

    @Autowired
    KeptCells kept;
    @Autowired
    CellWords words;
    @Autowired
    Rolling rolling;
    @Autowired
    Figures figures;
    @Autowired
    Lives lives;
    @Autowired
    MatterLog log;
    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;
    @Autowired
    @Qualifier("follower")
    TransactionTemplate transactions;

    /** Lives that were committed, as the follower finds them. */
    private static final class Told implements Lives {
        final Map<UUID, Life> lives = new TreeMap<>();

        @Override
        public List<Life> of(Set<UUID> matters) {
            return matters.stream().filter(lives::containsKey).map(lives::get).toList();
        }

        @Override
        public List<Life> between(UUID after, UUID upTo, boolean proved) {
            return lives.values().stream().filter(life -> life.matter().compareTo(after) > 0 && life.matter().compareTo(upTo) <= 0).toList();
        }

        @Override
        public Optional<UUID> next(UUID after, int matters) {
            return lives.keySet().stream().filter(id -> id.compareTo(after) > 0).limit(matters).reduce((_, last) -> last);
        }

        @Override
        public long about() {
            return lives.size();
        }
    }

    private final Instant now = Instant.now(java.time.Clock.systemUTC());
    private final LocalDate today = CivilTime.dateOf(now);

    @Test
    void cellsEqualANaiveRecountWhateverComesTwiceLateOrNotAtAll() {
        // other tests of this database bar units past the log, which no follower hears of
        rebuild(new Told()).run(true, _ -> { });
        for (int round = 0; round < (Boolean.getBoolean("heshi.full") ? 40 : 1); round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            String county = "99" + (1000 + random.nextInt(9000));
            List<UUID> units = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
            Told told = new Told();
            FiguresFollower follower = new FiguresFollower(told, kept, words);
            List<UUID> log = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                log.add(happens(told, random, county, units));
                if (random.nextInt(4) == 0) {
                    follows(follower, random, log);
                }
                if (random.nextInt(20) == 0) {
                    rolling.roll();
                }
                if (random.nextInt(40) == 0) {
                    rolling.months();
                }
            }
            // in the end every entry was given at least once
            transactions.executeWithoutResult(_ -> follower.follow(entries(log)));
            String what = "seed " + seed;
            for (String stage : List.of("waiting", "rolled", "by months")) {
                compare("seed " + seed + ", " + stage, random, county, units, told.lives.values().stream().toList());
                rolling.roll();
                if (stage.equals("rolled")) {
                    rolling.months();
                }
            }
            rebuilds(what, random, county, units, told);
        }
    }

    /** What the follower kept is what a rebuild makes, to the last digit; and what was spoilt is made right. */
    private void rebuilds(String seed, Random random, String county, List<UUID> units, Told told) {
        Rebuild rebuild = rebuild(told);
        assertThat(rebuild.run(false, _ -> { })).as(seed).matches(Recount.Outcome::same);
        transactions.executeWithoutResult(_ -> {
            List<UUID> some = told.lives.keySet().stream().filter(_ -> random.nextInt(5) == 0).toList();
            jdbc.sql("delete from statistics.life where matter = any (?)").param(some.toArray(UUID[]::new)).update();
            jdbc.sql("update statistics.life set kind = 'spoilt' where starts_with(place, ?) and category = '01'").param(county).update();
            jdbc.sql("update statistics.cube set matters = '' where whose = ? and grain = 'd'").param(county + "101").update();
            jdbc.sql("delete from statistics.cube where whose = ? and grain = 'd'").param(county).update();
        });
        assertThat(rebuild.run(false, _ -> { })).as(seed).matches(outcome -> outcome.lives() > 0 && outcome.cells() > 0);
        rebuild.run(true, _ -> { });
        compare(seed + ", rebuilt", random, county, units, told.lives.values().stream().toList());
        assertThat(rebuild.run(false, _ -> { })).as(seed).matches(Recount.Outcome::same);
        // the others' matters stay, these go
        rebuild(new Told()).run(true, _ -> { });
        assertThat(Acting.as(MACHINE, () -> figures.ask(Question.of(county, today.minusDays(200), today))).total()).isEqualTo(Measures.NOTHING);
    }

    /** A place becomes whole after all that lies in it, also where the last county of a province is the only one of its prefecture. */
    @Test
    void everyPlaceAboveIsTheSumOfWhatLiesInIt() {
        Told told = new Told();
        List<String> places = List.of("97", "9701", "970101", "970101001", "9702", "970201001", "970301001", "970301002", "98", "980101001", "980201001201", "9902", "990201001");
        Instant at = Instant.ofEpochMilli(now.minus(Duration.ofDays(3)).toEpochMilli());
        for (String place : places) {
            Life life = new Life(Uuid7.at(at), "dispute", "01", "web", 1, place, Optional.of(UUID.randomUUID()), "", false, OptionalInt.empty(), at, false,
                    Optional.empty(), Optional.empty(), List.of(new Step("report", at, Optional.of(false), Optional.empty(), false, "", "", Optional.empty())));
            told.lives.put(life.matter(), life);
        }
        rebuild(told).run(true, _ -> { });
        try {
            for (String place : List.of("97", "9701", "970101", "9702", "970201", "9703", "970301", "98", "9801", "980101", "9802", "980201", "9902", "990201")) {
                assertThat(Acting.as(MACHINE, () -> figures.ask(Question.of(place, today.minusDays(9), today))).total().received()).as(place)
                        .isEqualTo(places.stream().filter(of -> of.startsWith(place)).count());
            }
            assertThat(rebuild(told).run(false, _ -> { })).matches(Recount.Outcome::same);
            // what was open once is told by one number a row: it is compared, too
            transactions.executeWithoutResult(_ -> jdbc.sql("update statistics.cube set net = net + 1 where whose = '9701' and grain = 'd'").update());
            assertThat(rebuild(told).run(false, _ -> { }).cells()).isEqualTo(1);
        } finally {
            rebuild(new Told()).run(true, _ -> { });
        }
    }

    /** Over these lives and the matters that other tests left here. */
    private Rebuild rebuild(Told told) {
        return new Rebuild(new Lives() {

            @Override
            public List<Life> of(Set<UUID> matters) {
                return java.util.stream.Stream.concat(lives.of(matters).stream(), told.of(matters).stream()).toList();
            }

            @Override
            public List<Life> between(UUID after, UUID upTo, boolean proved) {
                return java.util.stream.Stream.concat(lives.between(after, upTo, proved).stream(), told.between(after, upTo, proved).stream()).toList();
            }

            @Override
            public Optional<UUID> next(UUID after, int matters) {
                return java.util.stream.Stream.of(lives.next(after, matters), told.next(after, matters), LAST.filter(last -> after.compareTo(last) < 0))
                        .flatMap(Optional::stream).min(UUID::compareTo);
            }

            @Override
            public long about() {
                return 0;
            }
        }, log, kept, words, jdbc, transactions, java.time.InstantSource.system());
    }

    /** After every id of now. */
    private static final Optional<UUID> LAST = Optional.of(new UUID(Long.MAX_VALUE, -1));

    /** Part of the log, shuffled, some of it twice; now and then it is taken back, as after a crash. */
    private void follows(FiguresFollower follower, Random random, List<UUID> log) {
        List<UUID> some = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            some.add(log.get(random.nextInt(log.size())));
        }
        Collections.shuffle(some, random);
        boolean crash = random.nextInt(3) == 0;
        transactions.executeWithoutResult(status -> {
            follower.follow(entries(some));
            if (crash) {
                if (random.nextBoolean()) {
                    kept.roll();
                }
                status.setRollbackOnly();
            }
        });
    }

    private static List<LoggedEntry> entries(List<UUID> matters) {
        return matters.stream().map(matter -> new LoggedEntry(0, matter, 1, "say", "intake", 1, Optional.empty(), Optional.empty(), "reported", "resident",
                Optional.empty(), Optional.empty(), Instant.EPOCH, Set.of("staff"), "{}")).toList();
    }

    /** One more entry of some matter. */
    private UUID happens(Told told, Random random, String county, List<UUID> units) {
        List<UUID> known = List.copyOf(told.lives.keySet());
        if (known.isEmpty() || random.nextInt(3) == 0) {
            Instant at = Instant.ofEpochMilli(now.minus(Duration.ofMinutes(random.nextInt(130 * 1440))).toEpochMilli());
            Life born = new Life(Uuid7.at(at), one(random, KINDS), one(random, CATEGORIES), one(random, CHANNELS), random.nextInt(3), place(random, county), Optional.empty(), "",
                    random.nextInt(12) == 0, OptionalInt.empty(), at, false, Optional.empty(), Optional.empty(),
                    List.of(new Step("report", at, Optional.of(false), Optional.of(units.getFirst()), false, "", "", Optional.empty())));
            told.lives.put(born.matter(), born);
            return born.matter();
        }
        Life life = told.lives.get(known.get(random.nextInt(known.size())));
        Instant last = life.steps().getLast().at();
        Instant at = last.plusMillis((long) (random.nextDouble() * Duration.between(last, now).toMillis()));
        boolean closed = life.closedAt().isPresent();
        List<Step> steps = new ArrayList<>(life.steps());
        switch (random.nextInt(closed ? 3 : 5)) {
            case 0 -> {
                steps.add(new Step("say", at, Optional.of(closed), Optional.empty(), false, one(random, List.of("", "yes", "no", "partly")),
                        one(random, List.of("", "yes", "fair", "no")), Optional.empty()));
                told.lives.put(life.matter(), with(life, life.kind(), life.category(), life.place(), life.lead(), life.outcome(),
                        closed && random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(5)) : life.rating(), life.closedAt(), steps));
            }
            case 1 -> {
                steps.add(new Step(closed ? "reopen" : "accept", at, Optional.of(false), Optional.of(units.get(1)), random.nextBoolean(), "", "", Optional.empty()));
                told.lives.put(life.matter(), with(life, life.kind(), life.category(), life.place(), Optional.of(units.get(1 + random.nextInt(2))), "", life.rating(),
                        Optional.empty(), steps));
            }
            case 2 -> {
                // sorted again, perhaps elsewhere
                steps.add(new Step("rekind", at, Optional.of(closed), closed ? Optional.empty() : Optional.of(units.get(2)), false, "", "", Optional.empty()));
                told.lives.put(life.matter(), with(life, one(random, KINDS), one(random, CATEGORIES), place(random, county), life.lead(), life.outcome(), life.rating(),
                        life.closedAt(), steps));
            }
            default -> {
                steps.add(new Step("verify", at, Optional.of(true), Optional.empty(), random.nextInt(3) == 0, one(random, List.of("", "yes", "no")), "fair", Optional.empty()));
                told.lives.put(life.matter(), with(life, life.kind(), life.category(), life.place(), life.lead(), one(random, OUTCOMES), life.rating(), Optional.of(at), steps));
            }
        }
        return life.matter();
    }

    private static Life with(Life life, String kind, String category, String place, Optional<UUID> lead, String outcome, OptionalInt rating, Optional<Instant> closedAt,
            List<Step> steps) {
        return new Life(life.matter(), kind, category, life.channel(), life.level(), place, lead, outcome, life.apart(), rating, life.recordedAt(), false, life.own(), closedAt,
                steps);
    }

    private static String place(Random random, String county) {
        return switch (random.nextInt(6)) {
            case 0 -> county;
            case 1 -> county + "101";
            case 2 -> county + "102";
            default -> county + "10" + (1 + random.nextInt(2)) + "20" + (1 + random.nextInt(3));
        };
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    // ---- the naive recount

    /** Something that counts. */
    private record Event(Life life, Instant at, String what, String outcome, Optional<Duration> took) {
    }

    private static List<Event> events(Life life) {
        List<Event> events = new ArrayList<>();
        events.add(new Event(life, life.recordedAt(), "received", "", Optional.empty()));
        boolean ended = false;
        boolean accepted = false;
        for (int i = 0; i < life.steps().size(); i++) {
            Step step = life.steps().get(i);
            boolean now = step.ended().orElseThrow();
            Optional<Duration> took = Optional.of(Duration.between(life.recordedAt(), step.at()));
            if (now && !ended) {
                boolean undone = life.steps().subList(i, life.steps().size()).stream().anyMatch(later -> !later.ended().orElseThrow());
                events.add(new Event(life, step.at(), undone ? "undone" : "closed", undone ? "reopened" : life.outcome(), took));
            } else if (!now && ended) {
                events.add(new Event(life, step.at(), "reopened", "", Optional.empty()));
            }
            if (!accepted && step.action().equals("accept")) {
                accepted = true;
                events.add(new Event(life, step.at(), "accepted", "", took));
            }
            ended = now;
        }
        return events;
    }

    private static Map<String, Long> charged(Life life) {
        Map<String, Long> charged = new TreeMap<>();
        for (int i = 0; i + 1 < life.steps().size(); i++) {
            Step step = life.steps().get(i);
            if (step.holder().isPresent() && !step.ended().orElseThrow()) {
                charged.merge(step.holder().get().toString(), Duration.between(step.at(), life.steps().get(i + 1).at()).toMillis(), Long::sum);
            }
        }
        return charged;
    }

    private Measures measures(List<Event> events, List<Life> stock, LocalDate until) {
        List<Life> closed = events.stream().filter(e -> e.what().equals("closed")).map(Event::life).toList();
        long open = stock.stream().filter(life -> {
            long n = 0;
            for (Event event : events(life)) {
                if (!CivilTime.dateOf(event.at()).isAfter(until)) {
                    n += switch (event.what()) {
                        case "received", "reopened" -> 1;
                        case "closed", "undone" -> -1;
                        default -> 0;
                    };
                }
            }
            return n > 0;
        }).count();
        return new Measures(count(events, "received"), count(events, "closed") + count(events, "undone"), count(events, "reopened"), open,
                closed.stream().filter(life -> life.steps().stream().anyMatch(Step::late)).count(), times(events, Set.of("accepted")), times(events, Set.of("closed", "undone")),
                closed.stream().flatMap(life -> charged(life).values().stream()).mapToLong(Long::longValue).sum(),
                closed.stream().filter(life -> life.rating().isPresent()).count(), closed.stream().mapToLong(life -> life.rating().orElse(0)).sum(),
                said(closed, "yes", true), said(closed, "fair", true), said(closed, "no", true), said(closed, "yes", false), said(closed, "partly", false), said(closed, "no", false));
    }

    private static long count(List<Event> events, String what) {
        return events.stream().filter(e -> e.what().equals(what)).count();
    }

    private static Histogram times(List<Event> events, Set<String> what) {
        Histogram all = Histogram.EMPTY;
        for (Event event : events) {
            if (what.contains(event.what())) {
                all = all.plus(Histogram.of(new int[] {Histogram.bucket(event.took().orElseThrow().toSeconds())}, new long[] {1}));
            }
        }
        return all;
    }

    private static long said(List<Life> closed, String answer, boolean satisfied) {
        return closed.stream().filter(life -> {
            String solved = "";
            String pleased = "";
            boolean own = false;
            for (Step step : life.steps()) {
                if (step.action().equals("reopen")) {
                    solved = "";
                    pleased = "";
                    own = false;
                } else if (!(step.solved() + step.satisfied()).isEmpty() && (step.action().equals("say") || step.action().equals("verify") && !own)) {
                    solved = step.solved();
                    pleased = step.satisfied();
                    own = step.action().equals("say");
                }
            }
            return (satisfied ? pleased : solved).equals(answer);
        }).count();
    }

    private void compare(String seed, Random random, String county, List<UUID> units, List<Life> all) {
        List<Life> lives = all.stream().filter(life -> !life.apart()).toList();
        LocalDate from = today.minusDays(random.nextInt(130));
        LocalDate to = from.plusDays(random.nextInt(60));
        for (LocalDate[] days : List.of(new LocalDate[] {today.minusDays(140), today}, new LocalDate[] {from, to}, new LocalDate[] {today, today})) {
            for (String place : List.of(county.substring(0, 4), county, county + "101", county + "102202")) {
                Question question = new Question(new Whose.Place(place), days[0], days[1], Only.ALL, List.of(), Cut.THEN);
                same(seed, lives, question, event -> "", life -> "");
                same(seed, lives, question.by(By.KIND, By.CHANNEL), e -> e.life().kind() + " " + e.life().channel(), life -> life.kind() + " " + life.channel());
                same(seed, lives, question.by(By.CATEGORY_1), e -> cut(e.life().category(), 2), life -> cut(life.category(), 2));
                same(seed, lives, question.by(By.CATEGORY_3).only(Only.ALL.category("01")), e -> e.life().category(), Life::category);
                same(seed, lives, question.by(By.CHANNEL, By.OUTCOME), e -> e.life().channel() + " " + e.outcome(), life -> life.channel() + " ");
                same(seed, lives, question.by(By.LEVEL).only(Only.ALL.kinds(Set.of("dispute", "petition")).channel("web")), e -> "" + e.life().level(), life -> "" + life.level());
                same(seed, lives, question.by(By.PLACE), e -> below(place, e.life().place()), life -> below(place, life.place()));
            }
        }
        Question whole = new Question(new Whose.Place(county), from, to, Only.ALL, List.of(), Cut.THEN);
        Acting.run(MACHINE, () -> {
            for (By time : List.of(By.DAY, By.MONTH)) {
                for (Row row : figures.ask(whole.by(time)).rows()) {
                    LocalDate first = LocalDate.parse(row.key() + (time == By.MONTH ? "-01" : ""));
                    LocalDate last = time == By.MONTH ? first.plusMonths(1).minusDays(1) : first;
                    Measures part = naive(lives, whole.days(first.isBefore(from) ? from : first, last.isAfter(to) ? to : last), _ -> true);
                    assertThat(row.measures()).as("%s %s %s", time, row.key(), seed).isEqualTo(part);
                }
            }
            long hours = figures.ask(whole.by(By.HOUR, By.WEEKDAY)).rows().stream().mapToLong(row -> row.measures().received()).sum();
            assertThat(hours).isEqualTo(naive(lives, whole, _ -> true).received());
            for (Row row : figures.ask(whole.by(By.HOUR)).rows()) {
                assertThat(row.measures().received()).isEqualTo(naive(lives, whole, e -> CivilTime.of(e.at()).getHour() == Integer.parseInt(row.key())).received());
            }
            Answer byUnit = figures.ask(whole.by(By.UNIT));
            for (UUID unit : units) {
                long charged = lives.stream().flatMap(life -> events(life).stream()).filter(e -> e.what().equals("closed") && in(e.at(), from, to))
                        .mapToLong(e -> charged(e.life()).getOrDefault(unit.toString(), 0L)).sum();
                Measures row = byUnit.rows().stream().filter(r -> r.key().equals(unit.toString())).map(Row::measures).findFirst().orElse(Measures.NOTHING);
                Measures lead = naive(lives, whole, e -> e.life().lead().equals(Optional.of(unit)));
                assertThat(row.chargedMillis()).as("charged to %s, %s", unit, seed).isEqualTo(charged);
                assertThat(row.received()).isEqualTo(lead.received());
                assertThat(row.toClosing()).isEqualTo(lead.toClosing());
                Measures own = figures.ask(new Question(new Whose.Unit(unit), from, to, Only.ALL, List.of(), Cut.THEN)).total();
                assertThat(own.chargedMillis()).isEqualTo(charged);
                assertThat(own.closed()).isEqualTo(lead.closed());
                assertThat(own.satisfied()).isEqualTo(lead.satisfied());
                assertThat(own.open()).isEqualTo(measures(List.of(), lives.stream().filter(life -> life.lead().equals(Optional.of(unit))).toList(), to).open());
            }
            for (Figures.Measure measure : Figures.Measure.values()) {
                List<UUID> list = new ArrayList<>();
                Optional<String> after = Optional.empty();
                do {
                    var page = figures.behind(whole, measure, after, 7);
                    list.addAll(page.rows());
                    after = page.next();
                } while (after.isPresent());
                Measures counted = naive(lives, whole, _ -> true);
                long distinct = switch (measure) {
                    case RECEIVED -> counted.received();
                    case OPEN -> counted.open();
                    case LATE, ANSWERED, SATISFIED, FAIR, UNSATISFIED, TOLD, RESOLVED, PARTLY, UNRESOLVED, SIGNED -> measure.of(counted);
                    case CLOSED, TIMED -> lives.stream().filter(life -> events(life).stream().anyMatch(e -> (e.what().equals("closed") || e.what().equals("undone")) && in(e.at(), from, to))).count();
                    case REOPENED -> lives.stream().filter(life -> events(life).stream().anyMatch(e -> e.what().equals("reopened") && in(e.at(), from, to))).count();
                };
                assertThat(list).as("%s %s", measure, seed).doesNotHaveDuplicates().hasSize((int) distinct);
            }
        });
    }

    private Measures naive(List<Life> lives, Question question, java.util.function.Predicate<Event> which) {
        return measures(lives.stream().flatMap(life -> events(life).stream()).filter(e -> in(e.at(), question.from(), question.to())).filter(which).toList(), lives, question.to());
    }

    private void same(String seed, List<Life> all, Question question, Function<Event, String> key, Function<Life, String> stock) {
        String place = ((Whose.Place) question.whose()).code();
        Only only = question.only();
        List<Life> lives = all.stream().filter(life -> life.place().startsWith(place)).filter(life -> only.category().isEmpty() || life.category().startsWith(only.category().get()))
                .filter(life -> only.kinds().isEmpty() || only.kinds().contains(life.kind())).filter(life -> only.channel().isEmpty() || life.channel().equals(only.channel().get()))
                .toList();
        Map<String, List<Event>> events = lives.stream().flatMap(life -> events(life).stream()).filter(e -> in(e.at(), question.from(), question.to()))
                .collect(Collectors.groupingBy(key));
        Map<String, List<Life>> stocks = lives.stream().collect(Collectors.groupingBy(stock));
        Map<String, Measures> wanted = new TreeMap<>();
        Set<String> keys = new java.util.TreeSet<>(events.keySet());
        keys.addAll(stocks.keySet());
        keys.forEach(k -> wanted.put(k, measures(events.getOrDefault(k, List.of()), stocks.getOrDefault(k, List.of()), question.to())));
        wanted.values().removeIf(Measures::nothing);
        Answer answer = Acting.as(MACHINE, () -> figures.ask(question));
        assertThat(answer.total()).as("%s %s", question, seed).isEqualTo(measures(events.values().stream().flatMap(List::stream).toList(), lives, question.to()));
        if (!question.by().isEmpty()) {
            Map<String, Measures> found = new TreeMap<>();
            answer.rows().forEach(row -> found.put(String.join(" ", row.keys()), row.measures()));
            assertThat(found).as("%s %s", question, seed).isEqualTo(wanted);
        }
    }

    private static boolean in(Instant at, LocalDate from, LocalDate to) {
        LocalDate day = CivilTime.dateOf(at);
        return !day.isBefore(from) && !day.isAfter(to);
    }

    private static String cut(String category, int digits) {
        return category.length() > digits ? category.substring(0, digits) : category;
    }

    private static String below(String place, String at) {
        int digits = switch (place.length()) {
            case 4 -> 6;
            case 6 -> 9;
            case 9 -> 12;
            default -> 15;
        };
        return at.length() >= digits ? at.substring(0, digits) : "";
    }
}
