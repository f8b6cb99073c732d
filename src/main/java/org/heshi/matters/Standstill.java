package org.heshi.matters;

import java.util.UUID;

/** For rooms that decide something by how a matter stands, and must not be overtaken while they do. */
public interface Standstill {

    /**
     * Until the transaction of who calls ends, no act on the matter does; one that is under way is waited for. What was read before must be read again.
     */
    void of(UUID matter);
}
