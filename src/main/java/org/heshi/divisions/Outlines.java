package org.heshi.divisions;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How places look on a map, where somebody brought that in. They are drawn coarsely: a point near a border may be said to lie beyond it. */
public interface Outlines {

    /** By the codes of today; places without an outline are left out. */
    Map<String, Outline> of(Collection<String> codes);

    /**
     * The smallest place of today whose outline holds the point.
     *
     * @param within only places with this code or below it; empty for the whole country
     */
    Optional<String> holding(Position point, String within);

    /** By the codes of that day. */
    Map<String, Outline> of(Collection<String> codes, LocalDate day);

    /** @param polygons each an outer ring and its holes; rings are closed */
    record Outline(List<List<List<Position>>> polygons) {

        public Outline {
            polygons = polygons.stream().map(rings -> rings.stream().map(List::copyOf).toList()).toList();
        }
    }

    /** Degrees, WGS 84. */
    record Position(double longitude, double latitude) {
    }
}
