package org.heshi.exchange.open311;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.divisions.Outlines;
import org.springframework.stereotype.Component;

/** Addresses as Open311 has them: a code as the id of an address, names from the nearest to the farthest. */
@Component
class Addresses {

    private final Divisions divisions;
    private final Outlines outlines;

    Addresses(Divisions divisions, Outlines outlines) {
        this.divisions = divisions;
        this.outlines = outlines;
    }

    Optional<Division> find(String code) {
        return code.matches("[0-9]{2,17}") ? divisions.find(code) : Optional.empty();
    }

    /** The smallest place whose outline holds {@code latitude,longitude}, below {@code within}; none where no outlines were brought in. */
    Optional<String> holding(String point, String within) {
        String[] parts = point.split(",");
        return outlines.holding(new Outlines.Position(Double.parseDouble(parts[1]), Double.parseDouble(parts[0])), within);
    }

    /** The place that the words name: below {@code within}, level by level, as far as a name stands in them; {@code within} itself when none does. */
    String named(String words, String within) {
        String here = within;
        for (boolean found = true; found && here.length() < Level.VILLAGE.digits();) {
            found = false;
            Optional<Division> below = below(words, here);
            if (below.isEmpty() && here.length() == Level.COUNTY.digits()) {
                // a village without its town, when only one is called so
                List<Division> villages = divisions.children(here).stream().flatMap(town -> divisions.children(town.code()).stream())
                        .filter(village -> words.contains(village.name())).toList();
                below = villages.size() == 1 ? Optional.of(villages.getFirst()) : Optional.empty();
            }
            if (below.isPresent()) {
                here = below.get().code();
                found = true;
            }
        }
        return here;
    }

    private Optional<Division> below(String words, String code) {
        return divisions.children(code).stream().filter(place -> words.contains(place.name())).max(Comparator.comparingInt(place -> place.name().length()));
    }

    /** From the nearest to the farthest, parted by commas, by code. */
    Map<String, String> addresses(Collection<String> codes) {
        Map<String, List<String>> paths = new HashMap<>();
        for (String code : codes) {
            List<String> path = new ArrayList<>();
            for (Level level : Level.values()) {
                if (level.digits() <= code.length() && level.digits() <= Level.VILLAGE.digits()) {
                    path.addFirst(code.substring(0, level.digits()));
                }
            }
            paths.put(code, path);
        }
        Set<String> all = paths.values().stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> names = divisions.namesEver(all);
        Map<String, String> addresses = new HashMap<>();
        paths.forEach((code, path) -> addresses.put(code, path.stream().map(names::get).filter(java.util.Objects::nonNull).collect(Collectors.joining(", "))));
        return addresses;
    }
}
