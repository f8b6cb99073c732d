package org.heshi.boot.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import org.heshi.boot.database.Server;
import org.heshi.boot.keeping.StateOfBackups;
import org.heshi.boot.settings.Settings;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;

/** {@code ./heshi status}: what an administrator asks first. */
@Component
@Command(name = "status", description = "Show address, database, schema versions and sizes.")
class StatusCommand implements CliCommand {

    private final Settings settings;
    private final Server server;

    StatusCommand(Settings settings, Server server) {
        this.settings = settings;
        this.server = server;
    }

    @Override
    public Integer call() throws SQLException, IOException {
        PrintStream out = System.out;
        out.printf("%-22s %s%n", "address", Ready.address(settings.data()).orElse("the program does not run"));
        out.printf("%-22s %s%n", "data", settings.data());
        out.printf("%-22s %s%n", "node", settings.node());
        out.printf("%-22s %s%n", "database", server.url());
        try (Connection c = server.connectAsOwner(); Statement s = c.createStatement()) {
            for (String name : new String[] {"server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "huge_pages_status", "max_connections"}) {
                out.printf("%-22s %s%n", name, one(s, "show " + name));
            }
            out.printf("%-22s %s%n", "size of database", one(s, "select pg_size_pretty(pg_database_size(current_database()))"));
            out.printf("%-22s %,d MB%n", "size of data folder", bytes(settings.data()) >> 20);
            if (settings.embedded() && settings.backups() == null) {
                out.printf("%-22s %s%n", "backups", "HESHI_BACKUP is not set: the database's log is archived nowhere");
            } else if (settings.embedded()) {
                StateOfBackups state = StateOfBackups.of(settings.data(), Objects.requireNonNull(settings.backups()));
                out.printf("%-22s %s%n", "newest backup", state.newest());
                out.printf("%-22s %s%n", "log archived", state.log() + one(s, """
                        select coalesce((select '; failing since ' || to_char(last_failed_time at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') || ', see postgres.log'
                                         from pg_stat_archiver where last_failed_time > coalesce(last_archived_time, '-infinity')), '')"""));
            }
            out.printf("%-22s %s%n", "limits counted again", one(s, """
                    select coalesce((select case when walk = 2 then to_char(total, 'FM999,999,999') else to_char(counted, 'FM999,999,999') end
                                            || ' of ' || to_char(greatest(total, counted), 'FM999,999,999')
                                            || case when failed > 0 then ', ' || failed || ' failed' else '' end
                                            || case when ended_at is null and walk = 1 then ', under way' else ', done' end
                                     from matters.recount where edition > 0), 'never yet')"""));
            out.printf("%-22s %s%n", "retention", one(s, """
                    select coalesce((select 'round of ' || to_char(began_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') || ': ' || looked || ' looked at, ' || put_away
                                            || ' put away, ' || erased || ' erased, ' || held || ' held'
                                            || case when failed > 0 then ', ' || failed || ' failed' else '' end
                                            || case when ended_at is null then ', under way' else ', done' end
                                     from privacy.round), 'never yet')
                           || coalesce((select '; ' || count(*) || ' erased whose rooms have not all forgotten' from matters.erasure where done_at is null having count(*) > 0), '')
                           || coalesce((select '; ' || count(*) || ' erased in part whose rooms have not all forgotten' from matters.part where done_at is null having count(*) > 0), '')"""));
            for (String room : Server.ROOMS) {
                out.printf("%-22s %s%n", "schema " + room, one(s, """
                        select coalesce((select 'version ' || version || ', ' || to_char(installed_on, 'YYYY-MM-DD')
                                         from %s.migration where success and version is not null
                                         order by installed_rank desc limit 1), 'empty')""".formatted(room)));
            }
        }
        return 0;
    }

    private static String one(Statement s, String question) throws SQLException {
        try (ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getString(1);
        }
    }

    /** Files come and go while the program runs; one that went is not counted. */
    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(path -> {
                try {
                    return Files.isRegularFile(path) ? Files.size(path) : 0;
                } catch (IOException _) {
                    return 0;
                }
            }).sum();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
