package org.heshi.matters;

import java.util.Optional;
import org.heshi.kernel.MatterNumber;

/** Signed promises that an entry is in the log, for people to take home. The proof room implements it. */
public interface Receipts {

    /** The promise for an entry, as a text that anybody can check; the same whenever it is asked for under the same key. Empty when there is no such entry. */
    Optional<String> of(MatterNumber number, int seq);
}
