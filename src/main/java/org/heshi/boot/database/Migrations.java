package org.heshi.boot.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Brings every room's schema to what this build needs. Flyway does it room by room; when the scripts of this build are byte for byte those
 * that ran last, one look at {@code boot.fact} replaces the ten runs.
 */
final class Migrations {

    /** Rooms with a schema, each after those whose keys it may name. */
    static final List<String> ROOMS = List.of("boot", "calendar", "divisions", "directory", "identity", "access", "matters", "attachments", "notices", "search",
            "exchange", "supervision", "proof", "privacy", "documents", "mediation", "statistics", "bill");

    private Migrations() {
    }

    /** Whether there is something to do; asked as the owner. */
    static boolean pending(Connection owner) throws SQLException {
        try (PreparedStatement exists = owner.prepareStatement("select to_regclass('boot.fact')"); ResultSet found = exists.executeQuery()) {
            if (!found.next() || found.getString(1) == null) {
                return true;
            }
        }
        try (PreparedStatement kept = owner.prepareStatement("select value from boot.fact where name = 'migrations'"); ResultSet value = kept.executeQuery()) {
            return !value.next() || !value.getString(1).equals(digest());
        }
    }

    /** Runs what is missing as the owner, whose connections are closed when this returns. */
    static void run(String url, Logins.Login owner) throws SQLException {
        run(url, owner, null);
    }

    /** @param upTo the version to which each room's schema is brought, rooms that are not in it not at all; none: all to the newest */
    static void run(String url, Logins.Login owner, @Nullable Map<String, String> upTo) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName(owner.user());
        config.setJdbcUrl(url);
        config.setUsername(owner.user());
        config.setPassword(owner.password());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        try (HikariDataSource source = new HikariDataSource(config)) {
            for (String room : ROOMS) {
                if (upTo != null && !upTo.containsKey(room)) {
                    continue;
                }
                // a schema without any version has no script to find
                of(room, source).target(upTo == null ? "latest" : upTo.get(room).equals("0") ? "0?" : upTo.get(room)).load().migrate();
            }
            try (Connection c = source.getConnection(); PreparedStatement keep = c.prepareStatement("""
                    insert into boot.fact (name, value) values ('migrations', ?)
                    on conflict (name) do update set value = excluded.value, at = now()""")) {
                keep.setString(1, digest());
                keep.executeUpdate();
            }
        }
    }

    /** How Flyway runs one room's. */
    static FluentConfiguration of(String room, DataSource owner) {
        return Flyway.configure()
                .dataSource(owner)
                .schemas(room)
                .defaultSchema(room)
                .table("migration")
                .locations("classpath:db/" + room)
                .failOnMissingLocations(false)
                .validateMigrationNaming(true);
    }

    private static String digest() {
        try {
            PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String room : ROOMS) {
                List<Resource> scripts = new ArrayList<>(List.of(resolver.getResources("classpath*:db/" + room + "/*.sql")));
                scripts.sort((a, b) -> String.valueOf(a.getFilename()).compareTo(String.valueOf(b.getFilename())));
                for (Resource script : scripts) {
                    digest.update((room + "/" + script.getFilename() + "\0").getBytes(StandardCharsets.UTF_8));
                    digest.update(script.getContentAsByteArray());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the migrations of this build cannot be read", e);
        }
    }
}
