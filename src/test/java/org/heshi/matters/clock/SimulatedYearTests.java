package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.heshi.access.Actor;
import org.heshi.calendar.Calendar;
import org.heshi.directory.Unit;
import org.heshi.matters.Hall;
import org.heshi.matters.LimitListener;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.clock.NaiveLimits.Kind;
import org.heshi.matters.clock.NaiveLimits.Length;
import org.heshi.matters.clock.NaiveLimits.Run;
import org.heshi.matters.clock.NaiveLimits.Said;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The year 2026 in a county, moved through minute by minute where something happens: people are late, let terms stand still, send back, hand on, extend
 * and answer, and two watches go round on one database. What was said of limits is what a naive count says, word for word, each once.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ActiveProfiles("test")
@Import(SimulatedYearTests.Moved.class)
@DirtiesContext
class SimulatedYearTests {

    private static final int MATTERS = Integer.getInteger("heshi.year", Boolean.getBoolean("heshi.full") ? 50_000 : 120);
    private static final Instant NEW_YEAR = Instant.parse("2025-12-31T16:00:00Z");
    /** The last moment that is looked at: what notices say of days is known up to here. */
    private static final Instant END = Instant.parse("2026-12-20T16:00:00Z");

    private static final Kind CONFIRM = new Kind("confirm", new Length(2, NaiveLimits.Unit.HOUR, true), 0);
    private static final Kind SORT = new Kind("sort", new Length(1, NaiveLimits.Unit.WORKDAY, false), 0);
    private static final Kind DISPATCH = new Kind("dispatch", new Length(1, NaiveLimits.Unit.WORKDAY, false), 0);
    private static final Kind SIGN = new Kind("sign", new Length(1, NaiveLimits.Unit.WORKDAY, false), 0);
    private static final Kind CHECK = new Kind("check", new Length(5, NaiveLimits.Unit.WORKDAY, false), 1);
    private static final Map<String, Kind> TOTAL = Map.of("blue", new Kind("total", new Length(7, NaiveLimits.Unit.DAY, false), 1),
            "yellow", new Kind("total", new Length(24, NaiveLimits.Unit.HOUR, false), 1),
            "red", new Kind("total", new Length(2, NaiveLimits.Unit.HOUR, false), 1));

    private static volatile Instant now = NEW_YEAR;
    /** What was said and committed, by matter. */
    private static final Map<UUID, Queue<Said>> HEARD = new ConcurrentHashMap<>();

    @TestConfiguration(proxyBeanMethods = false)
    static class Moved {

        @Bean
        @Primary
        InstantSource movedClock() {
            return () -> now;
        }

        @Bean
        LimitListener heard() {
            return word -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    HEARD.computeIfAbsent(word.matter(), _ -> new ConcurrentLinkedQueue<>())
                            .add(new Said(word.clock(), word.run(), word.stage(), word.at(), word.dueAt()));
                }
            });
        }
    }

    @Autowired
    ApplicationContext context;
    @Autowired
    Watch watch;
    @Autowired
    Recount recount;
    @Autowired
    Clocks clocks;
    @Autowired
    Calendar calendar;
    @Autowired
    MattersSettings settings;
    @Autowired
    ObjectProvider<LimitListener> listeners;
    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;
    @Autowired
    @Qualifier("follower")
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;

    private Hall hall;

    /** One matter on its way. */
    private final class Case {

        final Random random;
        final String level;
        UUID id = new UUID(0, 0);
        int version;
        Instant at;
        String state = "";
        Actor.Staff lead = hall.policeHead;
        boolean returned;
        boolean extended;
        final Map<String, Run> running = new LinkedHashMap<>();
        final List<Run> over = new ArrayList<>();

        Case(int number) {
            random = new Random(number * 7_919L + 26);
            level = List.of("blue", "yellow", "red").get(random.nextInt(3));
            at = NEW_YEAR.plus(Duration.ofMinutes(random.nextInt(330 * 24 * 60)));
        }

        /** Some are quick, some slow, and some let everything come due. */
        void later() {
            int minutes = switch (random.nextInt(5)) {
                case 0, 1 -> 5 + random.nextInt(120);
                case 2, 3 -> 60 * (2 + random.nextInt(70)) + random.nextInt(60);
                default -> 24 * 60 * (3 + random.nextInt(18)) + random.nextInt(24 * 60);
            };
            at = at.plus(Duration.ofMinutes(minutes));
        }

        void start(Kind kind) {
            Run before = running.remove(kind.name());
            if (before != null) {
                before.end(at);
                over.add(before);
            }
            running.put(kind.name(), new Run(kind, version, at));
        }

        void end(String name) {
            Optional.ofNullable(running.remove(name)).ifPresent(run -> {
                run.end(at);
                over.add(run);
            });
        }

        boolean stillIn(String name) {
            return Optional.ofNullable(running.get(name)).filter(run -> !run.standsStill() && at.isBefore(run.due())).isPresent();
        }

        void act(Actor who, String action, Map<String, Object> input) {
            version = hall.done(who, id, action, input, version).version();
        }

        /** The next thing that somebody does; false when nothing is left to do. */
        boolean step() {
            switch (state) {
                case "" -> {
                    Answer.Done born = hall.report();
                    id = born.matter();
                    version = 1;
                    start(CONFIRM);
                    state = "reported";
                }
                case "reported" -> {
                    act(hall.dispatcher, "confirm", Map.of());
                    end("confirm");
                    start(SORT);
                    state = "registered";
                }
                case "registered" -> {
                    act(hall.dispatcher, "sort", Map.of("kind", "service", "category", "02", "level", level));
                    end("sort");
                    start(DISPATCH);
                    start(TOTAL.get(level));
                    state = "to-assign";
                }
                case "to-assign" -> {
                    assign("assign");
                    end("dispatch");
                    state = "assigned";
                }
                case "assigned" -> {
                    if (!returned && random.nextInt(4) == 0 && stillIn("sign")) {
                        act(lead, "return", Map.of("reason", "不归本单位"));
                        returned = true;
                        end("sign");
                        handedOn();
                        start(DISPATCH);
                        state = "to-assign";
                    } else if (random.nextInt(6) == 0) {
                        assign("reassign");
                    } else {
                        act(lead, "accept", Map.of());
                        end("sign");
                        state = "accepted";
                    }
                }
                case "accepted" -> {
                    Run total = running.get("total");
                    if (total.standsStill()) {
                        if (random.nextInt(4) == 0) {
                            assign("reassign");
                            state = "assigned";
                        } else {
                            act(lead, "resume", Map.of());
                            total.resume(at);
                        }
                    } else if (random.nextInt(3) == 0 && stillIn("total") && lead == hall.policeHead) {
                        act(lead, "pause", Map.of("reason", "party", "words", "等当事人"));
                        total.pause(at);
                    } else if (!extended && random.nextInt(3) == 0 && stillIn("total")) {
                        int days = 1 + random.nextInt(15);
                        act(hall.dispatcher, "extend-term", Map.of("days", Integer.toString(days), "reason", "材料未到"));
                        extended = true;
                        total.extend(at, days);
                    } else {
                        act(lead, "handle", Map.of("done", "已修好"));
                        state = "handled";
                    }
                }
                case "handled" -> {
                    act(lead, "answer", Map.of("answer", "已修好"));
                    end("total");
                    start(CHECK);
                    state = "answered";
                }
                case "answered" -> {
                    act(hall.verifier, "verify", Map.of("asked", "records", "outcome", "resolved"));
                    end("check");
                    return false;
                }
                default -> throw new AssertionError(state);
            }
            later();
            return true;
        }

        private void assign(String action) {
            Actor.Staff to = random.nextBoolean() ? hall.policeHead : hall.handler;
            Unit unit = to == hall.policeHead ? hall.police : hall.works;
            act(hall.dispatcher, action, Map.of("lead", unit.id().toString(), "reason", "职责所在"));
            boolean another = to != lead;
            if (another) {
                handedOn();
            }
            if (another || !action.equals("reassign")) {
                Optional.ofNullable(running.get("total")).ifPresent(total -> total.handOn(at));
            }
            lead = to;
            start(SIGN);
        }

        /** What stood still for one unit goes on when another has it. */
        private void handedOn() {
            Optional.ofNullable(running.get("total")).filter(Run::standsStill).ifPresent(total -> total.resume(at));
        }

        List<Said> expected() {
            running.values().forEach(run -> run.end(END));
            over.addAll(running.values());
            running.clear();
            return over.stream().flatMap(run -> run.said().stream()).sorted(ORDER).toList();
        }
    }

    private static final Comparator<Said> ORDER = Comparator.comparing(Said::at).thenComparing(Said::run).thenComparing(Said::clock).thenComparing(Said::stage);

    @Test
    void saysOfEveryLimitWhatIsToBeSaidAndNothingTwice() throws Exception {
        now = NEW_YEAR;
        hall = new Hall(context);
        Watch other = new Watch(jdbc, transactions, listeners, clocks, recount, calendar, settings, clock);
        PriorityQueue<Case> next = new PriorityQueue<>(Comparator.comparing((Case c) -> c.at));
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < MATTERS; i++) {
            cases.add(new Case(i));
        }
        next.addAll(cases);
        try (ExecutorService watches = Executors.newFixedThreadPool(2)) {
            while (!next.isEmpty() && next.peek().at.isBefore(END)) {
                Case one = next.poll();
                moveTo(one.at, watches, other);
                if (one.step()) {
                    next.add(one);
                }
            }
            moveTo(END, watches, other);
        }
        int said = 0;
        int late = 0;
        for (Case one : cases) {
            List<Said> expected = one.expected();
            List<Said> heard = HEARD.getOrDefault(one.id, new ConcurrentLinkedQueue<>()).stream().sorted(ORDER).toList();
            assertThat(heard).as("what was said of %s, %s, now %s", one.id, one.level, one.state).isEqualTo(expected);
            said += heard.size();
            late += (int) heard.stream().filter(word -> word.stage() == LimitListener.Stage.ABOVE).count();
        }
        assertThat(said).as("words in the year").isGreaterThan(MATTERS);
        assertThat(late).as("limits that nobody met to the end").isGreaterThan(MATTERS / 20);
        assertThat(HEARD.keySet()).hasSizeLessThanOrEqualTo(MATTERS);
    }

    /** Time goes on; whenever a word is due on the way, both watches look at once. */
    private void moveTo(Instant until, ExecutorService watches, Watch other) throws Exception {
        while (true) {
            Optional<Instant> word = jdbc.sql("select min(next_at) as at from matters.clock").query((r, _) -> Optional.ofNullable(r.getObject("at", OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant)).single();
            if (word.filter(at -> !at.isAfter(until)).isEmpty()) {
                break;
            }
            now = word.get().isAfter(now) ? word.get() : now;
            List<Future<?>> rounds = List.of(watches.submit(() -> all(watch)), watches.submit(() -> all(other)));
            for (Future<?> round : rounds) {
                round.get();
            }
        }
        now = until;
    }

    private static void all(Watch watch) {
        while (watch.round() > 0) {
            Thread.onSpinWait();
        }
    }
}
