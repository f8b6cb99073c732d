package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL called by root, who may not run it. */
class LauncherTests {

    @TempDir
    Path data;

    @Test
    void runsTheServerAsNobodyWhereUserNamespacesAreForbidden() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root needs another user");
        runs(new Launcher.OtherUser(65_534, 65_534), 65_534);
    }

    @Test
    void runsTheServerTheWayThatWorksHere() throws Exception {
        runs(Launcher.here(), (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private void runs(Launcher launcher, int owner) throws Exception {
        Cluster cluster = new Cluster(data, Binaries.in(data.resolve("binaries")), launcher);
        Logins logins = Logins.make(data.resolve("database.properties"));
        try {
            cluster.make(logins.admin());
            cluster.start();
            String url = "jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres";
            try (Connection c = DriverManager.getConnection(url, logins.admin().user(), logins.admin().password())) {
                assertThat(c.isValid(5)).isTrue();
            }
            assertThat(Files.getAttribute(data.resolve("postgres/postmaster.pid"), "unix:uid")).isEqualTo(owner);
            assertThat(data.resolve("postgres.password")).doesNotExist();
        } finally {
            cluster.stop();
        }
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }
}
