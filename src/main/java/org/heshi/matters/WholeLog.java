package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;

/** The log for those who prove it: where an entry stands in it, and all of it from its beginning. For the program's own parts, never for pages. */
public interface WholeLog {

    /** Where an entry stands, for those who prove that it does; empty when there is none. */
    Optional<Placed> placed(MatterNumber number, int seq);

    /**
     * @param position empty until the sequencer came past
     * @param content  what its digest is over
     */
    record Placed(UUID matter, OptionalLong position, Instant recordedAt, String content) {
    }

    /** The digests of the contents at these positions, the first one behind {@code position}; fewer where the log ends. */
    List<byte[]> digests(long position, int count);

    /** Gives the contents of all entries in the order of their positions, the first one first, as they stood at one moment; holds few of them at once. */
    void each(Content each);

    /** Takes one entry. */
    @FunctionalInterface
    interface Content {
        void take(long position, MatterNumber number, int seq, String content);
    }
}
