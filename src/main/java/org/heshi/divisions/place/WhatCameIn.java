package org.heshi.divisions.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which ended codes went into a place with all that they held. Both ways are kept in order of the codes, so that a question looks only at what went there and what lay below that. */
final class WhatCameIn {

    /** Is told of each code that is looked at. */
    interface Step {
        void look();
    }

    private static final Step NOTHING = () -> {
    };

    private final NavigableSet<String> ended;
    private final Map<String, String> successors;
    private final NavigableMap<String, List<String>> came = new TreeMap<>();

    /** @param ended all codes that stand no more @param successors those that went on as one other, and as which */
    WhatCameIn(Collection<String> ended, Map<String, String> successors) {
        this.ended = new TreeSet<>(ended);
        this.successors = Map.copyOf(successors);
        successors.forEach((code, to) -> came.computeIfAbsent(to, _ -> new ArrayList<>()).add(code));
    }

    /** The widest only, by code. */
    List<String> to(String place) {
        return to(place, NOTHING);
    }

    List<String> to(String place, Step step) {
        NavigableSet<String> candidates = new TreeSet<>();
        below(came, place).values().forEach(codes -> codes.forEach(code -> {
            step.look();
            candidates.add(code);
        }));
        List<String> widest = new ArrayList<>();
        for (String code : candidates) {
            boolean covered = code.startsWith(place) || !widest.isEmpty() && code.startsWith(widest.getLast());
            if (!covered && whole(code, place, step)) {
                widest.add(code);
            }
        }
        return widest;
    }

    /** Whether it and all that it held went there. A code is below seven others at the most, and so often it is looked at. */
    private boolean whole(String code, String place, Step step) {
        for (String below : ended.subSet(code, end(code))) {
            step.look();
            String to = successors.get(below);
            if (to == null || !to.startsWith(place)) {
                return false;
            }
        }
        return true;
    }

    private static <T> NavigableMap<String, T> below(NavigableMap<String, T> all, String place) {
        return all.subMap(place, true, end(place), false);
    }

    /** ':' is the character after '9'. */
    private static String end(String code) {
        return code + ":";
    }
}
