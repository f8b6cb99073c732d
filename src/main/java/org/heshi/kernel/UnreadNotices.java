package org.heshi.kernel;

import java.util.UUID;

/** Counts what a post has not read yet; the room of notices declares one bean of it and the top of each page shows the number. */
public interface UnreadNotices {

    /** Never negative; asked once for each page a staff member opens, so it must be a read of an index. */
    int count(UUID person, UUID post);
}
