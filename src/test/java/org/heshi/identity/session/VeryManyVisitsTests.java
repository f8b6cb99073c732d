package org.heshi.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A hundred thousand visits at a time ({@code ./test full}; otherwise a tenth), as after an attack or a year without a restart. */
@HeshiTest
class VeryManyVisitsTests {

    private static final int MANY = Boolean.getBoolean("heshi.full") ? 100_000 : 10_000;
    private static final String MARK = "opera/harmony";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    SessionsJdbc sessions;

    private People.Somebody clerk;

    @BeforeEach
    void fill() throws Exception {
        clerk = new People(context).with(Role.WINDOW_CLERK);
        // half of them live, half have ended; one in a hundred is the clerk's own
        execute("""
                insert into identity.session (id, person, browser, created_at, seen_at, idle_seconds, attributes)
                select sha256(('%s' || i || '%s')::bytea), case when i %% 100 = 0 then '%s'::uuid end, '%s',
                       now() - interval '3 hours', case when i %% 2 = 0 then now() - interval '1 minute' else now() - interval '150 minutes' end, 7200,
                       decode(repeat('ab', 600), 'hex')
                from generate_series(1, %d) i""".formatted(MARK, clerk.person(), clerk.person(), MARK, MANY));
        execute("analyze identity.session");
    }

    @AfterEach
    void empty() throws Exception {
        execute("delete from identity.session where browser = '" + MARK + "'");
    }

    private void execute(String sql) throws Exception {
        try (Connection c = SuperuserConnection.open(context); Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private String plan(String sql) throws Exception {
        try (Connection c = SuperuserConnection.open(context); Statement s = c.createStatement(); ResultSet r = s.executeQuery("explain " + sql)) {
            StringBuilder plan = new StringBuilder();
            while (r.next()) {
                plan.append(r.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    @Test
    void costARequestNoMoreThanFew() throws Exception {
        assertThat(plan("select attributes from identity.session s where s.id = sha256('x'::bytea) and s.seen_at + s.idle_seconds * interval '1 second' > now() "
                + "and s.created_at > now() - interval '12 hours'")).contains("session_pkey").doesNotContain("Seq Scan");
        assertThat(plan("select visit from identity.session where person = '" + clerk.person() + "' and not half order by seen_at desc limit 100"))
                .contains("session_person").doesNotContain("Seq Scan");
        Visitor visitor = new Visitor(port).signedInAs(clerk);
        visitor.get("/account");
        long[] times = IntStream.range(0, 40).mapToLong(_ -> {
            long from = System.nanoTime();
            assertThat(visitor.get("/help").status()).isEqualTo(200);
            return System.nanoTime() - from;
        }).sorted().toArray();
        assertThat(Duration.ofNanos(times[times.length / 2])).as("a page, of " + Arrays.stream(times).mapToObj(t -> t / 1_000_000 + "").collect(Collectors.joining(" ")))
                .isLessThan(Duration.ofMillis(250));
    }

    @Test
    void areListedToABoundAndEndedAllAtOnce() {
        Visitor visitor = new Visitor(port).signedInAs(clerk);
        Visitor other = new Visitor(port).signedInAs(clerk);
        long from = System.nanoTime();
        Visitor.Answer answer = visitor.get("/account");
        assertThat(answer.status()).isEqualTo(200);
        String page = answer.body();
        assertThat(page.split("/account/visits/[0-9a-f-]{36}/end", -1)).as("rows of the page").hasSizeLessThanOrEqualTo(101);
        assertThat(sessions.of(clerk.person(), "x")).hasSizeLessThanOrEqualTo(100);
        visitor.post("/account/visits/end-others", Map.of());
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        assertThat(sessions.of(clerk.person(), "x")).hasSize(1);
        assertThat(other.get("/queue").location()).startsWith("/sign-in");
        assertThat(visitor.get("/queue").status()).isEqualTo(200);
    }

    @Test
    void areSweptInPiecesWithoutEndingWhatRuns() throws Exception {
        Runtime memory = Runtime.getRuntime();
        System.gc();
        long before = memory.totalMemory() - memory.freeMemory();
        Instant began = Instant.now();
        int swept = sessions.sweep();
        if (swept < MANY / 2) {
            // the program's own round took some of them; the next one comes in five minutes
            empty();
            fill();
            began = Instant.now();
            swept = sessions.sweep();
        }
        assertThat(swept).isGreaterThanOrEqualTo(MANY / 2);
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
        assertThat(memory.totalMemory() - memory.freeMemory() - before).as("heap that it took").isLessThan(100L * 1024 * 1024);
        try (Connection c = SuperuserConnection.open(context); Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select count(*) from identity.session where browser = '" + MARK + "'")) {
            r.next();
            assertThat(r.getInt(1)).isEqualTo(MANY / 2);
        }
        assertThat(sessions.findById(UUID.randomUUID().toString())).isNull();
    }
}
