package org.heshi.boot.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.function.Consumer;
import org.heshi.boot.database.Binaries;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.database.DataFolder;
import org.heshi.boot.database.Launcher;
import org.heshi.boot.database.Logins;
import org.heshi.boot.database.Server;
import org.heshi.boot.database.UnfinishedFolder;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CivilTime;
import org.springframework.util.FileSystemUtils;

/**
 * Makes a new database of this build's major version beside the old one, with the same schemas in the same versions, copies all rows, compares, and only
 * then changes the two folders' names. The old one is put aside and never deleted. Whenever it is killed, the old one stays in its place, or the
 * next start finishes the change of names.
 */
final class Upgrade {

    private static final String WORK = ".upgrading";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss");

    private final Path data;
    private final Binaries oldPrograms;
    private final Binaries newPrograms;
    private final Consumer<String> out;

    Upgrade(Path data, Binaries oldPrograms, Binaries newPrograms, Consumer<String> out) {
        this.data = data;
        this.oldPrograms = oldPrograms;
        this.newPrograms = newPrograms;
        this.out = out;
    }

    /** The major version of the database in this folder. */
    static String majorOf(Path data) throws IOException {
        Path version = data.resolve("postgres/PG_VERSION");
        if (!Files.exists(version)) {
            throw CannotStart.because("There is no database in " + data + ".");
        }
        return Files.readString(version).strip();
    }

    /** @return where the old database lies now */
    Path upgrade(Instant now) throws IOException, SQLException {
        String major = majorOf(data);
        try (DataFolder folder = DataFolder.open(data, false)) {
            if (!folder.held()) {
                throw CannotStart.because("Heshi runs on " + data + " (" + folder.holder() + "): stop it first.");
            }
            Logins logins = Logins.read(data.resolve("database.properties"));
            Launcher launcher = Launcher.here();
            Cluster old = new Cluster(data, oldPrograms, launcher);
            Path work = data.resolve(WORK);
            Cluster made = new Cluster(work, newPrograms, launcher);
            discard(work, made);
            FileSystemUtils.deleteRecursively(data.resolve(UnfinishedFolder.NEXT));
            try {
                Files.createDirectory(work);
                DataFolder.ownerOnly(work, "rwx------");
                made.make(logins.admin());
                old.start();
                made.start();
                fill(old, made, logins);
                made.stop();
                old.stop();
                Files.move(work.resolve("postgres"), data.resolve(UnfinishedFolder.NEXT), StandardCopyOption.ATOMIC_MOVE);
                Path aside = data.resolve("postgres-" + major + "-" + NAME.format(CivilTime.of(now)));
                Files.move(data.resolve("postgres"), aside, StandardCopyOption.ATOMIC_MOVE);
                UnfinishedFolder.mend(data);
                return aside;
            } finally {
                old.stop();
                made.stop();
                FileSystemUtils.deleteRecursively(work);
            }
        }
    }

    private static void discard(Path work, Cluster cluster) throws IOException {
        if (Files.exists(work.resolve("postgres"))) {
            cluster.stopLeftOver();
        }
        FileSystemUtils.deleteRecursively(work);
    }

    private void fill(Cluster old, Cluster made, Logins logins) throws SQLException {
        try (Connection from = connect(old, logins)) {
            out.accept("schemas");
            Server.lay(made.port(), logins, from);
            try (Connection to = connect(made, logins)) {
                Set<String> shapeOfOld = Shape.of(from);
                demandSame(shapeOfOld, to);
                long rows = new CopyOver(from, to, out).copy();
                // indexes and keys were taken away for the rows and made again
                demandSame(shapeOfOld, to);
                out.accept("%,d rows and %,d tables, columns, indexes, rules and rights are the same".formatted(rows, shapeOfOld.size()));
            }
        }
    }

    private static void demandSame(Set<String> shapeOfOld, Connection to) throws SQLException {
        String difference = CopyOver.difference(shapeOfOld, Shape.of(to));
        if (difference != null) {
            throw CannotStart.because("The old database is not as this program made it; nothing was changed. Somebody added, changed or took away:" + difference
                    + "\nPut that right on the old database with the program that ran it, then upgrade.");
        }
    }

    private static Connection connect(Cluster cluster, Logins logins) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + cluster.port() + "/heshi", logins.admin().user(), logins.admin().password());
    }
}
