package org.heshi.matters;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.heshi.kernel.Page;

/** What is open and over a limit at this moment: only of matters that {@link org.heshi.access.Acting#current()} may see. Limits that stand still and rights of residents are none. */
public interface OverLimit {

    long count(Asked asked);

    /** The matters, that which is over longest first. */
    Page<UUID> list(Asked asked, Optional<String> after, int size);

    /**
     * @param place    code of a place with all below it; empty: any
     * @param then     whether places are as they were when a matter came in
     * @param lead     lead unit; empty: any
     * @param category with all below it; the empty text: without one
     */
    record Asked(String place, boolean then, Optional<UUID> lead, Optional<String> kind, Optional<String> category, Optional<String> channel, OptionalInt level) {
    }
}
