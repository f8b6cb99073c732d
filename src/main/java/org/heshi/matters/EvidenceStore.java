package org.heshi.matters;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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

    sealed interface Kept {
        record Done(Matters.Evidence evidence) implements Kept {
        }

        record Refused(Refusal refusal) implements Kept {
        }
    }
}
