package org.heshi.boot.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.heshi.kernel.CannotStart;

/** What a command that was killed between two steps left in a data folder. Without a look at it the next start would make a new, empty database. */
public final class UnfinishedFolder {

    /** A restore works in here until it is done. */
    public static final String RESTORING = ".restoring";
    /** The database copied over into a new major version, whole and compared, on its way to its place. */
    public static final String NEXT = "postgres.next";

    private UnfinishedFolder() {
    }

    /** Finishes an upgrade that lacked its last step. @throws CannotStart when a restore was broken off */
    public static void mend(Path data) {
        if (Files.exists(data.resolve(RESTORING))) {
            throw CannotStart.because("A restore into " + data + " was broken off: empty the folder and run ./heshi restore again.");
        }
        Path next = data.resolve(NEXT);
        Path place = data.resolve("postgres");
        if (Files.exists(next) && !Files.exists(place)) {
            try {
                Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw CannotStart.because("The upgraded database could not be put in its place: rename " + next + " to " + place + ".", e);
            }
        }
    }
}
