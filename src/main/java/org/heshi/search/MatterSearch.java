package org.heshi.search;

import java.time.LocalDate;
import java.util.Optional;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows;

/** Finds matters for other rooms: only what the staff member who acts may see. Nobody can be looked for by name. */
public interface MatterSearch {

    /**
     * What is looked for; empty texts ask nothing.
     *
     * @param category code, with all below it
     * @param division code of a place, with all below it
     * @param level    blue, yellow or red
     * @param from     first civil day of being recorded
     * @param to       last civil day, itself included
     */
    record Query(String words, String kind, String state, String category, String level, String division, Optional<Boolean> closed, Optional<LocalDate> from,
            Optional<LocalDate> to, boolean newest) {
    }

    /** @param after key of the page before; empty: the first. One that is none begins at the beginning */
    Page<MatterRows.Row> find(Query query, String after, int size);
}
