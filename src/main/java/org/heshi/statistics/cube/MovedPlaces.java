package org.heshi.statistics.cube;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heshi.divisions.Divisions;
import org.springframework.stereotype.Component;

/** Which codes make up a place as it stands today, when places were given other codes, merged or split. */
@Component
class MovedPlaces {

    private static final long FRESH = java.time.Duration.ofSeconds(2).toNanos();

    private final Divisions divisions;
    private volatile @org.jspecify.annotations.Nullable Read read;

    /** As it was read just now: one answer asks for many places. */
    private record Read(Map<String, String> moved, long at) {
    }

    MovedPlaces(Divisions divisions) {
        this.divisions = divisions;
    }

    private Map<String, String> moved() {
        Read last = read;
        if (last == null || System.nanoTime() - last.at() > FRESH) {
            last = new Read(divisions.moved(), System.nanoTime());
            read = last;
        }
        return last.moved();
    }

    /** Codes that stand no more and went into this place with all that they held. */
    Collection<String> once(String place) {
        return divisions.once(place);
    }

    boolean gone(String code) {
        return moved().containsKey(code);
    }

    /** Codes that stand today within this place, of that length, to which another went. */
    Collection<String> newcomers(String place, int digits) {
        return moved().values().stream().filter(code -> code.length() >= digits && code.startsWith(place)).map(code -> code.substring(0, digits))
                .filter(code -> !gone(code)).collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    /** Codes whose figures are to be added (1) or taken away (-1), so that the sum is the place of today. */
    Map<String, Integer> parts(String place) {
        return parts(place, moved());
    }

    static Map<String, Integer> parts(String place, Map<String, String> moved) {
        Map<String, Integer> parts = new TreeMap<>();
        parts.put(place, 1);
        for (String code : new TreeSet<>(moved.keySet())) {
            int alone = within(place, moved, code) ? 1 : 0;
            String nearest = nearest(moved, code);
            int without = (nearest.isEmpty() ? code.startsWith(place) : within(place, moved, nearest)) ? 1 : 0;
            if (alone != without) {
                parts.merge(code, alone - without, Integer::sum);
            }
        }
        parts.values().removeIf(sign -> sign == 0);
        return parts;
    }

    private static boolean within(String place, Map<String, String> moved, String code) {
        return moved.get(code).startsWith(place);
    }

    /** The nearest place above that went elsewhere itself; empty: none. */
    private static String nearest(Map<String, String> moved, String code) {
        for (int digits : new int[] {15, 12, 9, 6, 4, 2}) {
            if (digits < code.length() && moved.containsKey(code.substring(0, digits))) {
                return code.substring(0, digits);
            }
        }
        return "";
    }
}
