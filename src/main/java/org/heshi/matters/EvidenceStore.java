package org.heshi.matters;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Refusal;

/** Where evidence files are kept. The attachments room implements it; reports and actions use it before they act. */
public interface EvidenceStore {

    /**
     * Checks, cleans (orientation applied, metadata with the place taken away) and keeps one upload. It belongs to no matter until an entry names it;
     * what no entry names within a day is thrown away.
     */
    Kept keep(String fileName, long size, InputStream bytes) throws IOException;

    /** What was kept by an earlier try of the same form, so that nobody uploads twice. Unknown ids are passed over. */
    List<Matters.Evidence> kept(List<UUID> ids);

    /** The bytes of a kept file, for another node; empty when they are not here. For the program's own tools: who acts must be a machine. */
    Optional<byte[]> bytes(UUID file) throws IOException;

    /**
     * Keeps a file that a matter of another node names, byte for byte and under its own id. It is one to be named within a day, as any other.
     * For the program's own tools: who acts must be a machine.
     *
     * @return false when these are not the bytes that the matter commits to, or no picture
     */
    boolean receive(Matters.Evidence evidence, byte[] bytes) throws IOException;

    sealed interface Kept {
        record Done(Matters.Evidence evidence) implements Kept {
        }

        record Refused(Refusal refusal) implements Kept {
        }
    }
}
