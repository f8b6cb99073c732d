package org.heshi.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Bytes that another room keeps in the folder of files, each under a key of its own, so that backups copy them and what is forgotten opens nowhere any
 * more. Who may read them is that room's business: this asks nobody. Memory does not grow with a file.
 */
public interface SealedFiles {

    /** What a file holds. */
    @FunctionalInterface
    interface Writing {

        void to(OutputStream out) throws IOException;
    }

    /** Writes a file under an id of the caller's making. It is whole, and on the disk, when this returns, and not there when it throws. */
    void write(UUID id, Writing writing) throws IOException;

    /**
     * To be closed by who asks. Each piece is proved before it is given out; one that was changed, or a file that was cut off, throws
     * {@link org.heshi.secrets.BrokenSeal}.
     *
     * @return empty when there is none, or its key was destroyed
     */
    Optional<InputStream> read(UUID id) throws IOException;

    /** Destroys its key, then deletes it. Done twice it does no harm. */
    void forget(UUID id) throws IOException;

    /**
     * Forgets what was written before and nobody knows of: the program was killed between a file and its row.
     *
     * @param known those of some ids that are known
     * @return how many were forgotten
     */
    int forgetUnknown(Instant before, Function<Collection<UUID>, Set<UUID>> known) throws IOException;
}
