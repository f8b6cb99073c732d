package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A round of the retention job that is killed, again and again: the next one goes on, nothing is erased by half and the log verifies. */
@EnabledIfSystemProperty(named = "heshi.full", matches = "true")
class KilledWhileErasingTests {

    private static final int KILLS = 3;

    @TempDir
    Path data;

    private static long count(ChildProgram program, String sql) throws SQLException {
        try (Connection all = program.connect("postgres"); Statement s = all.createStatement(); ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }

    private static void until(ChildProgram program, String sql, long least) throws SQLException {
        long end = System.nanoTime() + 90_000_000_000L;
        while (count(program, sql) < least) {
            assertThat(System.nanoTime()).as(sql).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void goesOnUntilEverythingThatIsDueIsErased() throws SQLException {
        Map<String, String> settings = Map.of("HESHI_DEMO", "on", "HESHI_PORT", "0");
        long due;
        try (ChildProgram program = ChildProgram.start(data, settings)) {
            until(program, "select count(*) from matters.matter where terminal", 5);
            try (Connection all = program.connect("postgres"); Statement s = all.createStatement()) {
                s.executeUpdate("update matters.matter set closed_at = closed_at - interval '30 years' where terminal");
            }
            due = count(program, "select count(*) from matters.matter where terminal");
            program.kill();
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            try (ChildProgram program = ChildProgram.start(data, settings)) {
                until(program, "select count(*) from matters.matter where put_away_at is not null or erased_at is not null", Math.min(due, kill));
                program.kill();
            }
        }
        try (ChildProgram program = ChildProgram.start(data, settings)) {
            until(program, "select count(*) from matters.erasure where done_at is not null", due);
            assertThat(count(program, "select count(*) from matters.particular p join matters.erasure e on e.matter = p.matter where p.sealed is not null")).isZero();
            assertThat(count(program, "select count(*) from matters.put_away")).isZero();
            assertThat(count(program, "select max(n) from (select count(*) as n from matters.entry where action = 'erase' group by matter) e")).isEqualTo(1);
            ChildProgram.Ended verified = ChildProgram.run(data, Map.of(), "verify");
            assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
            assertThat(ChildProgram.run(data, Map.of(), "status").out()).containsPattern("retention +round of .*erased");
        }
    }
}
