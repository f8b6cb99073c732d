package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.heshi.ChildProgram;
import org.heshi.bench.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed again and again while many limits are over at once: word of each is given in the end, and what was given stays as it was. */
class KilledWhileGivingWordTests {

    private static final int MATTERS = Boolean.getBoolean("heshi.full") ? 1_000 : 60;
    private static final int KILLS = Boolean.getBoolean("heshi.full") ? 10 : 1;
    private static final Map<String, String> DEMO = Map.of("HESHI_DEMO", "on");

    @TempDir
    Path data;

    @Test
    void losesNoWordAndGivesNoneTwice() throws Exception {
        ChildProgram program = ChildProgram.start(data, DEMO);
        try {
            String began = text(program, "select now()::text");
            register(program);
            overdue(program, began);
            Map<String, String> before = Map.of();
            for (int kill = 1; kill <= KILLS; kill++) {
                await(program, MATTERS * kill / (KILLS + 1));
                program.kill();
                program = ChildProgram.start(data, DEMO);
                Map<String, String> now = words(program);
                assertThat(now).as("what was given stays").containsAllEntriesOf(before);
                before = now;
            }
            await(program, MATTERS);
            assertThat(words(program)).containsAllEntriesOf(before);
            assertThat(one(program, "select count(*) from matters.clock where said = 2 and next_at > now() and name = 'sort'")).isEqualTo(MATTERS);
            assertThat(one(program, """
                    select count(*) from (select matter, post from notices.notice where event = 'limit-over' group by matter, post having count(*) > 1) twice
                    """)).isZero();
        } finally {
            program.close();
        }
    }

    private static void register(ChildProgram program) throws Exception {
        try (Wire clerk = new Wire(URI.create(program.address().toString()))) {
            clerk.signIn("clerk", "heshi-demo-2026");
            for (int i = 0; i < MATTERS; i++) {
                Wire.Answer answer = clerk.post("/desk/register", new LinkedHashMap<>(Map.of("channel", "window", "title", "井盖松动",
                        "description", "路过时响，夜里看不见", "form.version", "0", "form.key", UUID.randomUUID().toString())));
                assertThat(answer.status()).as(answer.text()).isIn(200, 302, 303);
            }
        }
        // the demo's own matters are left alone
        write(program, "update matters.clock set next_at = null");
    }

    /** All of them at once, as after a long night. */
    private static void overdue(ChildProgram program, String began) throws SQLException {
        write(program, """
                update matters.clock c set started_at = now() - interval '30 days', due_at = now() - interval '1 minute', warn_at = null,
                  next_at = now() - interval '1 second'
                where name = 'sort' and exists (select from matters.matter m where m.id = c.matter and m.recorded_at >= '%s' and m.channel = 'window')
                """.formatted(began));
    }

    private static void await(ChildProgram program, int words) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < until && one(program, "select count(distinct matter) from notices.notice where event = 'limit-over'") < words) {
            Thread.sleep(5);
        }
        assertThat(one(program, "select count(distinct matter) from notices.notice where event = 'limit-over'")).isGreaterThanOrEqualTo(words);
    }

    private static String text(ChildProgram program, String question) throws SQLException {
        try (Connection c = program.connect("postgres"); Statement s = c.createStatement(); ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getString(1);
        }
    }

    /** By matter and post: when it was given. */
    private static Map<String, String> words(ChildProgram program) throws SQLException {
        Map<String, String> words = new LinkedHashMap<>();
        try (Connection c = program.connect("postgres"); Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select matter || ' ' || post, id from notices.notice where event = 'limit-over'")) {
            while (r.next()) {
                words.put(r.getString(1), r.getString(2));
            }
        }
        return words;
    }

    private static int one(ChildProgram program, String question) throws SQLException {
        try (Connection c = program.connect("postgres"); Statement s = c.createStatement(); ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getInt(1);
        }
    }

    private static void write(ChildProgram program, String sql) throws SQLException {
        try (Connection c = program.connect("postgres"); Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }
}
