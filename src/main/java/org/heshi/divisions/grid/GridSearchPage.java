package org.heshi.divisions.grid;

import java.util.List;
import org.heshi.divisions.Division;

/** Villages, grids and micro-grids found by typing, each with its full name. */
public record GridSearchPage(String q, List<Found> found) {

    public record Found(Division division, String fullName) {
    }

    public GridSearchPage {
        found = List.copyOf(found);
    }
}
