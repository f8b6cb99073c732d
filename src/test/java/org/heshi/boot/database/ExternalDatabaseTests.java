package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.heshi.ChildProgram;
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
            ChildProgram.Ended first = status(theirs);
            ChildProgram.Ended second = status(theirs);

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
            ChildProgram.Ended refused = status(theirs);

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("fsync off").doesNotContain("\tat ");
        }
    }

    @Test
    void isRefusedForTheDemoBeforeAnythingStarts() {
        ChildProgram.Ended refused = ChildProgram.run(data, Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:1/heshi", "HESHI_DB_USER", "u",
                "HESHI_DB_PASSWORD", "p", "HESHI_DEMO", "on"));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo("The demo does not run on an external PostgreSQL: set HESHI_DEMO=off, or leave HESHI_DB_URL away.");
    }

    @Test
    void isMissedInOneSentence() {
        ChildProgram.Ended missed = ChildProgram.run(data, Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:1/heshi", "HESHI_DB_USER", "u",
                "HESHI_DB_PASSWORD", "p"));

        assertThat(missed.exitCode()).isEqualTo(1);
        assertThat(missed.err().strip()).startsWith("The PostgreSQL at HESHI_DB_URL refused").doesNotContain("\tat ");
    }

    private ChildProgram.Ended status(EmbeddedPostgres theirs) {
        return ChildProgram.run(data, Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:" + theirs.getPort() + "/postgres",
                "HESHI_DB_USER", "postgres", "HESHI_DB_PASSWORD", "any"), "status");
    }
}
