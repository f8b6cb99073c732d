package org.heshi.divisions.grid;

import java.util.List;
import org.heshi.divisions.Division;
import org.heshi.divisions.Level;
import org.heshi.kernel.Refusal;

/**
 * A village, grid or micro-grid as the administrator sees it.
 *
 * @param path     the place with all above it
 * @param below    its grids or micro-grids
 * @param names    what was typed as new names, one a line
 * @param name     what was typed as its own name
 * @param refusals why nothing was done
 */
public record GridsPage(List<Division> path, List<Division> below, String names, String name, List<Refusal> refusals) {

    public GridsPage {
        path = List.copyOf(path);
        below = List.copyOf(below);
        refusals = List.copyOf(refusals);
    }

    public Division place() {
        return path.getLast();
    }

    /** Its own name and end are the administrator's; a village's are the bureau's. */
    public boolean local() {
        return place().level() != Level.VILLAGE;
    }

    public boolean mayHaveBelow() {
        return place().level() != Level.MICRO_GRID;
    }
}
