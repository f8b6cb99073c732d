package org.heshi.boot.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heshi.kernel.CannotStart;

/** Asks the running server itself whether it keeps what it acknowledges and holds the program's roles within row-level security. */
final class ServerCheck {

    private static final int VERSION = 180_000;

    private ServerCheck() {
    }

    static void check(String url, Logins.Login app) throws SQLException {
        Map<String, String> shown = new LinkedHashMap<>();
        boolean free;
        try (Connection c = DriverManager.getConnection(url, app.user(), app.password()); Statement s = c.createStatement()) {
            try (ResultSet r = s.executeQuery("""
                    select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding',
                      'server_version_num')""")) {
                while (r.next()) {
                    shown.put(r.getString(1), r.getString(2));
                }
            }
            try (ResultSet r = s.executeQuery("""
                    select exists (select from pg_roles where rolname in ('heshi_app', 'heshi_follower') and (rolsuper or rolbypassrls))""")) {
                r.next();
                free = r.getBoolean(1);
            }
        }
        List<String> wrong = problems(shown, free);
        if (!wrong.isEmpty()) {
            throw CannotStart.because(String.join(System.lineSeparator(), wrong));
        }
    }

    /** What a server of these settings does wrong, one sentence each. */
    static List<String> problems(Map<String, String> shown, boolean rolesAreFree) {
        List<String> wrong = new ArrayList<>();
        if (!"on".equals(shown.get("fsync"))) {
            wrong.add("The database runs with fsync off: what it acknowledges may be lost. Set fsync = on.");
        }
        if (!"on".equals(shown.get("full_page_writes"))) {
            wrong.add("The database runs with full_page_writes off: a power cut may destroy it. Set full_page_writes = on.");
        }
        if (!Set.of("on", "remote_apply").contains(shown.getOrDefault("synchronous_commit", ""))) {
            wrong.add("The database runs with synchronous_commit = " + shown.get("synchronous_commit") + ": what it acknowledges may be lost. Set it on.");
        }
        if (!"UTF8".equals(shown.get("server_encoding"))) {
            wrong.add("The database is encoded in " + shown.get("server_encoding") + ": make it anew in UTF8.");
        }
        if (Integer.parseInt(shown.getOrDefault("server_version_num", "0")) < VERSION) {
            wrong.add("The database is older than PostgreSQL 18.");
        }
        if (rolesAreFree) {
            wrong.add("heshi_app or heshi_follower is a superuser or passes by row-level security: take that away (alter role ... nosuperuser nobypassrls).");
        }
        return List.copyOf(wrong);
    }
}
