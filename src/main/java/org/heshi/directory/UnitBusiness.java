package org.heshi.directory;

import java.util.UUID;

/** What a unit has in its hands, told by the rooms that give units something to do. A unit that has anything is not ended before it was handed on. */
public interface UnitBusiness {

    /** How many open matters the unit keeps, leads or helps with, counted to 1000 at most. */
    int open(UUID unit);
}
