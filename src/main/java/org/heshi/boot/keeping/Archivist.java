package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.heshi.boot.database.Cluster;

/**
 * Takes in what the server archived: each file of the log is sealed (compressed, with its SHA-256) and only then leaves the folder where it arrived.
 * Photos and keys that came since are copied beside. May be done by two processes at once and again after a kill: the outcome is the same.
 */
final class Archivist {

    private static final Pattern LOG = Pattern.compile("[0-9A-F]{24}(\\.[0-9A-F]{8}\\.backup|\\.partial)?|[0-9A-F]{8}\\.history");
    private static final Duration STALE = Duration.ofHours(1);

    private final Path data;
    private final Vault vault;
    private final Photos photos;
    private final Keys keys;
    private final InstantSource clock;

    Archivist(Path data, Path backups, Keys keys, InstantSource clock) throws IOException {
        this.keys = keys;
        this.data = data;
        this.vault = new Vault(backups, Cluster.vault(data));
        this.photos = new Photos(data, vault);
        this.clock = clock;
    }

    Vault vault() {
        return vault;
    }

    /** One round. @return names of files that arrived a second time with another content: two databases write one history */
    List<String> takeIn() throws IOException {
        vault.make();
        List<String> torn = new ArrayList<>();
        for (Path file : Disk.list(vault.arriving())) {
            String name = file.getFileName().toString();
            try {
                if (LOG.matcher(name).matches()) {
                    if (!takeIn(file, name)) {
                        torn.add(name);
                    }
                } else if (Files.getLastModifiedTime(file).toInstant().isBefore(clock.instant().minus(STALE))) {
                    // half a copy of a server that was killed
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                if (Files.exists(file)) {
                    throw e;
                }
                // another process took it in at the same time
            }
        }
        // a server that was restored told nobody that it had begun a new line of history
        for (Path file : Disk.list(data.resolve("postgres/pg_wal"))) {
            String name = file.getFileName().toString();
            if (Vault.HISTORY.matcher(name).matches() && !Files.exists(vault.archived(name))) {
                Sealed.write(file, vault.archived(name), true);
            }
        }
        photos.copyNew(clock.instant());
        keys.copyNew(vault);
        return torn;
    }

    private boolean takeIn(Path file, String name) throws IOException {
        Path sealed = vault.archived(name);
        if (Files.exists(sealed)) {
            if (!Sealed.header(sealed).equals(Sums.of(file))) {
                return false;
            }
        } else {
            Sealed.write(file, sealed, true);
        }
        Files.deleteIfExists(file);
        return true;
    }
}
