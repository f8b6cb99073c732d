package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.heshi.ChildProgram;
import org.heshi.ProgramHere;
import org.heshi.kernel.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that somebody else runs. */
class ExternalDatabaseTests {

    @TempDir
    Path data;

    @Test
    void isGivenItsRolesAndSchemasAndUsedAgain() throws IOException {
        try (EmbeddedPostgres theirs = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on").start()) {
            ChildProgram.Ended first = ChildProgram.run(data, settings(theirs), "status");
            ChildProgram.Ended second = ProgramHere.run(data, settings(theirs), "status");

            assertThat(first.err()).isEmpty();
            assertThat(first.exitCode()).isZero();
            assertThat(first.out()).containsPattern("schema boot +version [1-9]");
            assertThat(second.exitCode()).isZero();
            assertThat(data.resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void isRefusedWhenItMayLoseWhatItAcknowledged() throws IOException {
        try (EmbeddedPostgres theirs = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            ChildProgram.Ended refused = ProgramHere.run(data, settings(theirs), "status");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("fsync off").doesNotContain("\tat ");
        }
    }

    @Test
    void isRefusedForTheDemoBeforeAnythingStarts() {
        CannotStart refused = ProgramHere.refused(data, Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:1/heshi", "HESHI_DB_USER", "u",
                "HESHI_DB_PASSWORD", "p", "HESHI_DEMO", "on"));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused).hasMessage("The demo does not run on an external PostgreSQL: set HESHI_DEMO=off, or leave HESHI_DB_URL away.");
    }

    @Test
    void isMissedInOneSentence() {
        CannotStart missed = ProgramHere.refused(data, Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:1/heshi", "HESHI_DB_USER", "u",
                "HESHI_DB_PASSWORD", "p"));

        assertThat(missed.exitCode()).isEqualTo(1);
        assertThat(missed).hasMessageStartingWith("The PostgreSQL at HESHI_DB_URL refused");
    }

    private static Map<String, String> settings(EmbeddedPostgres theirs) {
        return Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:" + theirs.getPort() + "/postgres", "HESHI_DB_USER", "postgres", "HESHI_DB_PASSWORD", "any");
    }
}
