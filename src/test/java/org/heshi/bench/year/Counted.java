package org.heshi.bench.year;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.boot.database.Server;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Question;
import org.springframework.context.ApplicationContext;

/** What was put in, counted here while it was done, and compared with the figures at the end. */
final class Counted {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Map<String, LongAdder> in = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> out = new ConcurrentHashMap<>();
    private int same;

    private static void add(Map<String, LongAdder> to, String key) {
        to.computeIfAbsent(key, _ -> new LongAdder()).increment();
    }

    private static String kind(Life life) {
        return switch (life.kind) {
            case GRID_EVENT -> "grid-event";
            case ORDER -> "service";
            case PETITION -> "petition";
            case DISPUTE -> "dispute";
        };
    }

    private static String month(Instant at) {
        return at.atZone(CHINA).toLocalDate().toString().substring(0, 7);
    }

    void cameIn(Life life, Instant at) {
        add(in, "town|" + life.village.town().code());
        add(in, "category|" + life.category.substring(0, 2));
        add(in, "month|" + month(at));
        add(in, "county|" + life.village.town().county().code());
    }

    /** A petition does not end with its reply, but when the right to have it reviewed lapses: {@link #lapsed} looks for that in the log itself. */
    void ended(Life life, Instant at, String outcome) {
        if (life.kind == Shape.Kind.PETITION) {
            return;
        }
        add(out, "kind and outcome|" + kind(life) + "|" + outcome);
        add(out, "month|" + month(at));
        add(out, "town|" + life.village.town().code());
    }

    private void lapsed(ApplicationContext context) throws SQLException {
        try (Connection owner = context.getBean(Server.class).connectAsOwner(); var statement = owner.createStatement(); var rows = statement.executeQuery("""
                select left(m.division_code, 9) as town, m.outcome, e.recorded_at from matters.entry e join matters.matter m on m.id = e.matter
                where e.kind = 'petition' and e.action = 'lapse'""")) {
            while (rows.next()) {
                add(out, "kind and outcome|petition|" + rows.getString("outcome"));
                add(out, "month|" + month(rows.getObject("recorded_at", OffsetDateTime.class).toInstant()));
                add(out, "town|" + rows.getString("town"));
            }
        }
    }

    /** @throws IllegalStateException when a single number is another one */
    void compare(ApplicationContext context) throws SQLException {
        lapsed(context);
        Figures figures = context.getBean(Figures.class);
        LocalDate first = LocalDate.of(2025, 1, 1);
        LocalDate last = LocalDate.of(2025, 12, 31);
        List<Figures.Answer> answers = Acting.as(new Actor.Machine("bench"), () -> figures.ask(List.of(
                Question.of(Prefecture.CODE, first, last, By.TOWN), Question.of(Prefecture.CODE, first, last, By.CATEGORY_1),
                Question.of(Prefecture.CODE, first, last, By.MONTH), Question.of(Prefecture.CODE, first, last, By.PLACE),
                Question.of(Prefecture.CODE, first, last, By.KIND, By.OUTCOME))));
        same = same(in, "town", answers.get(0), Measures::received) + same(in, "category", answers.get(1), Measures::received)
                + same(in, "month", answers.get(2), Measures::received) + same(in, "county", answers.get(3), Measures::received)
                + same(out, "kind and outcome", answers.get(4), Measures::closed) + same(out, "month", answers.get(2), Measures::closed)
                + same(out, "town", answers.get(0), Measures::closed);
    }

    /** How many figures were compared. */
    int same() {
        return same;
    }

    private static int same(Map<String, LongAdder> put, String by, Figures.Answer answer, ToLongFunction<Measures> measure) {
        Map<String, Long> expected = new TreeMap<>();
        put.forEach((key, n) -> {
            if (key.startsWith(by + "|")) {
                expected.put(key.substring(by.length() + 1), n.sum());
            }
        });
        Map<String, Long> counted = new TreeMap<>();
        answer.rows().forEach(row -> {
            if (measure.applyAsLong(row.measures()) > 0) {
                counted.put(String.join("|", row.keys()), measure.applyAsLong(row.measures()));
            }
        });
        if (!counted.equals(expected)) {
            throw new IllegalStateException("by " + by + " were put in " + expected + " and are counted " + counted);
        }
        return expected.size();
    }
}
