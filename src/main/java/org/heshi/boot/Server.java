package org.heshi.boot;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * The database that the program works on: its address, and the roles that were made there. Migrations have run when the constructor returns.
 */
final class Server implements AutoCloseable {

    /** Rooms with a schema, each after those whose keys it may name. */
    static final List<String> ROOMS = List.of("boot", "divisions", "directory", "identity", "access", "matters", "attachments", "notices", "search",
            "exchange");

    private final EmbeddedPostgres embedded;
    private final String url;

    Server(Settings settings) {
        try {
            Path data = settings.data().toAbsolutePath();
            Files.createDirectories(data);
            embedded = EmbeddedPostgres.builder()
                    .setDataDirectory(data.resolve("postgres"))
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(data.resolve("postgres-binaries").toFile())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .start();
            String admin = embedded.getJdbcUrl("postgres", "postgres");
            try (Connection c = DriverManager.getConnection(admin); Statement s = c.createStatement()) {
                s.execute("""
                        do $$ begin
                          if not exists (select from pg_roles where rolname = 'heshi_owner') then create role heshi_owner login; end if;
                          if not exists (select from pg_roles where rolname = 'heshi_app') then create role heshi_app login; end if;
                          if not exists (select from pg_roles where rolname = 'heshi_follower') then create role heshi_follower login; end if;
                        end $$""");
                try (ResultSet r = s.executeQuery("select 1 from pg_database where datname = 'heshi'")) {
                    if (!r.next()) {
                        s.execute("create database heshi owner heshi_owner template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'");
                    }
                }
            }
            url = "jdbc:postgresql://127.0.0.1:" + embedded.getPort() + "/heshi";
            try (Connection c = DriverManager.getConnection(url, "postgres", ""); Statement s = c.createStatement()) {
                s.execute("create extension if not exists pg_trgm; create extension if not exists btree_gin");
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the embedded database did not start", e);
        }
        migrate();
    }

    private void migrate() {
        for (String room : ROOMS) {
            Flyway.configure()
                    .dataSource(url, "heshi_owner", "")
                    .schemas(room)
                    .defaultSchema(room)
                    .table("migration")
                    .locations("classpath:db/" + room)
                    .failOnMissingLocations(false)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        embedded.close();
    }
}
