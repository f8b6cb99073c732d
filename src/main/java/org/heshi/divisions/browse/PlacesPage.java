package org.heshi.divisions.browse;

import java.util.List;
import java.util.Optional;
import org.heshi.divisions.Division;

/**
 * What the page of places shows.
 *
 * @param q      what was typed
 * @param path   the place looked in, with all above it; empty for the whole country
 * @param places found by typing, or right below the place
 */
public record PlacesPage(String q, List<Division> path, List<Place> places) {

    /** @param fullName with all above it */
    public record Place(Division division, String fullName) {
    }

    public PlacesPage {
        path = List.copyOf(path);
        places = List.copyOf(places);
    }

    public Optional<Division> area() {
        return path.isEmpty() ? Optional.empty() : Optional.of(path.getLast());
    }

    public String within() {
        return area().map(Division::code).orElse("");
    }

    public boolean searched() {
        return !q.isBlank();
    }
}
