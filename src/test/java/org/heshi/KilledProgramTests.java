package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One data folder through everything that happens to a process: a second start, a command beside it, kills, an orderly end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProgramTests {

    private static final int KILLS = Boolean.getBoolean("heshi.full") ? 20 : 1;

    @TempDir
    static Path data;

    private ChildProgram program;

    private ChildProgram running() {
        if (program == null || !program.alive()) {
            program = ChildProgram.start(data);
        }
        return program;
    }

    @AfterAll
    void end() {
        if (program != null) {
            program.close();
        }
    }

    @Test
    void asksForPasswordsThatOnlyItsOwnerMayRead() throws Exception {
        ChildProgram it = running();

        assertThat(Files.getPosixFilePermissions(data.resolve("database.properties"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
        for (String role : List.of("postgres", "heshi_owner", "heshi_app", "heshi_follower")) {
            assertThat(refused("jdbc:postgresql://127.0.0.1:" + port + "/heshi", role)).as(role).isTrue();
            try (Connection right = it.connect(role); Statement s = right.createStatement()) {
                assertThat(one(s, "show password_encryption")).isEqualTo("scram-sha-256");
            }
        }
        String passwords = Files.readString(data.resolve("database.properties"));
        String told = it.out() + it.err() + Files.readString(data.resolve("postgres.log"));
        passwords.lines().filter(line -> line.contains("=")).map(line -> line.substring(line.indexOf('=') + 1))
                .forEach(password -> assertThat(told).doesNotContain(password));
    }

    @Test
    void refusesASecondStartOnTheSameData() {
        running();

        ChildProgram.Ended second = ChildProgram.run(data, Map.of());

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("already runs on the data in").contains("process " + program.pid()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(program.healthy()).isTrue();
    }

    @Test
    void doesACommandBesideTheRunningProgram() {
        running();

        ChildProgram.Ended status = ChildProgram.run(data, Map.of(), "status");

        assertThat(status.err()).isEmpty();
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).contains("127.0.0.1").containsPattern("fsync +on").containsPattern("schema boot +version [1-9]");
        assertThat(program.healthy()).isTrue();
    }

    @Test
    void comesBackWithEverythingAfterItWasKilled() throws SQLException {
        for (int kill = 1; kill <= KILLS; kill++) {
            ChildProgram it = running();
            String mark = "kill of the program " + kill;
            write(it, mark);
            long orphan = it.postmaster();

            it.kill();
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).as("the server outlives a killed program").isPresent();
            running();

            assertThat(program.postmaster()).isNotEqualTo(orphan);
            assertThat(ProcessHandle.of(orphan).filter(KilledProgramTests::runs)).isEmpty();
            assertThat(program.err()).contains("left behind");
            assertThat(kept(program)).contains(mark);
            try (Connection c = program.connect("heshi_app"); Statement s = c.createStatement()) {
                assertThat(one(s, "show fsync")).isEqualTo("on");
                assertThat(one(s, "show synchronous_commit")).isEqualTo("on");
                assertThat(one(s, "show listen_addresses")).isEqualTo("127.0.0.1");
            }
        }
    }

    @Test
    void goesOnAfterItsDatabaseServerWasKilled() throws SQLException {
        ChildProgram it = running();
        long pid = it.pid();
        for (int kill = 1; kill <= KILLS; kill++) {
            String mark = "kill of the server " + kill;
            write(it, mark);
            long before = it.postmaster();

            it.killPostgres();

            assertThat(changes(it, before)).isTrue();
            assertThat(it.recovers(Duration.ofSeconds(60))).isTrue();
            assertThat(it.pid()).isEqualTo(pid);
            assertThat(it.alive()).isTrue();
            assertThat(kept(it)).contains(mark);
        }
    }

    @Test
    void leavesNoProcessBehindWhenItIsToldToEnd() throws Exception {
        ChildProgram it = running();
        assertThat(ChildProgram.postgresOn(data)).isNotEmpty();

        it.terminate();

        assertThat(ChildProgram.postgresOn(data)).isEmpty();
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(data.resolve("address")).doesNotExist();
        List<String> log = Files.readAllLines(data.resolve("postgres.log"));
        assertThat(log.getLast()).contains("database system is shut down");
    }

    private static void write(ChildProgram it, String mark) throws SQLException {
        try (Connection c = it.connect("heshi_app"); Statement s = c.createStatement()) {
            s.execute("insert into boot.fact (name, value) values ('" + mark + "', 'kept')");
        }
    }

    private static String kept(ChildProgram it) throws SQLException {
        try (Connection c = it.connect("heshi_app"); Statement s = c.createStatement()) {
            return one(s, "select string_agg(name, '; ') from boot.fact");
        }
    }

    private static boolean changes(ChildProgram it, long before) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < until) {
            try {
                if (it.postmaster() != before) {
                    return true;
                }
                Thread.sleep(20);
            } catch (java.io.UncheckedIOException | java.util.NoSuchElementException _) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** A process that ended but that nobody fetched is listed by the system and yet runs no more. */
    private static boolean runs(ProcessHandle handle) {
        return handle.isAlive() && Files.exists(Path.of("/proc", Long.toString(handle.pid()), "exe"));
    }

    private static boolean refused(String url, String role) {
        try (Connection c = java.sql.DriverManager.getConnection(url, role, "")) {
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private static String one(Statement s, String question) throws SQLException {
        try (ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getString(1);
        }
    }
}
