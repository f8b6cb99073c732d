package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.heshi.boot.database.Cluster;

/**
 * How well the data is kept, in words for an administrator.
 *
 * @param newest the newest whole backup
 * @param log    when the newest of the log came to the backups
 */
public record StateOfBackups(String newest, String log) {

    /** Looks into the folder of backups; what is wrong with it is said, not thrown. */
    public static StateOfBackups of(Path data, Path backups) {
        try {
            Vault vault = new Vault(backups, Cluster.vault(data));
            Vault.Bases bases = vault.bases();
            Instant log = vault.newestOfLog();
            return new StateOfBackups(bases.whole().isEmpty() ? "none yet: ./heshi backup" : Restoration.civil(bases.whole().getLast().manifest().ended()),
                    log.equals(Instant.EPOCH) ? "nothing yet" : Restoration.civil(log));
        } catch (IOException e) {
            return new StateOfBackups("cannot be seen: " + e.getMessage(), "cannot be seen");
        }
    }
}
