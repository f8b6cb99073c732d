package org.heshi.kernel;

import java.time.Instant;

/** Records of a room beside the matters that are kept for a term and then deleted. Rooms declare beans of it; the register of purposes says the term. */
public interface Swept {

    /** What the register calls it. */
    String what();

    /** Deletes what was written before, at most so many rows. @return how many */
    int sweep(Instant before, int limit);
}
