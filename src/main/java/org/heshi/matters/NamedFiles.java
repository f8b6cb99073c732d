package org.heshi.matters;

import java.util.List;
import java.util.UUID;

/** What the room of attachments asks of matters: which files entries name, as far as {@link org.heshi.access.Acting#current()} may read those entries. */
public interface NamedFiles {

    /** Empty as well when who asks may not see the matter at all. */
    List<Named> of(UUID matter);

    /**
     * @param seq      number of the entry that names it
     * @param original whether what was sent is kept, and who asks may fetch it
     */
    record Named(UUID file, String name, int seq, boolean original) {
    }
}
