package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Done by hand at every release: what a demo county of that release holds joins the snapshots that later releases are brought up from. While
 * {@code ./run} serves it: {@code MAVEN_ARGS="-Dheshi.snapshot=$PWD/data" ./test WhenASnapshotIsTakenTests}. It may be the data of another build.
 */
@EnabledIfSystemProperty(named = "heshi.snapshot", matches = ".+")
class WhenASnapshotIsTakenTests {

    @Test
    void holdsWhatTheRunningProgramHolds() throws Exception {
        Path data = Path.of(System.getProperty("heshi.snapshot"));
        Logins.Login admin = Logins.read(data.resolve("database.properties")).admin();
        Path taken = Path.of("target", "snapshot.xz");
        try (Connection c = DriverManager.getConnection(Server.address(Cluster.portOfRunning(data).orElseThrow()), admin.user(), admin.password())) {
            Snapshot.take(c, taken);
        }
        Snapshot snapshot = Snapshot.in(taken);

        assertThat(snapshot.versions()).containsKeys("boot", "directory", "identity", "matters");
        assertThat(taken).satisfies(file -> assertThat(Files.size(file)).isBetween(10_000L, 600_000L));
        Path kept = Files.createDirectories(Snapshot.FOLDER).resolve("matters-V" + snapshot.versions().get("matters") + ".xz");
        Files.move(taken, kept, StandardCopyOption.REPLACE_EXISTING);
    }
}
