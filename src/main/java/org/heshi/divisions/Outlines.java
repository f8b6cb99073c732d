package org.heshi.divisions;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How places look on a map, where somebody brought that in. For drawing, not for asking which place holds a point. */
public interface Outlines {

    /** By the codes of today; places without an outline are left out. */
    Map<String, Outline> of(Collection<String> codes);

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
