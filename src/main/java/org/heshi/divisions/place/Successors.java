package org.heshi.divisions.place;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.divisions.Level;

/** Follows a code that ended to where it stands today. */
final class Successors {

    private Successors() {
    }

    /** The code at which every way ends, or the nearest place that holds all such; empty when they share no province or a way leads round. */
    static Optional<String> end(String code, Map<String, Set<String>> next) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(code));
        Optional<String> common = Optional.empty();
        while (!open.isEmpty()) {
            String one = open.pop();
            if (!seen.add(one)) {
                continue;
            }
            Set<String> on = next.getOrDefault(one, Set.of());
            if (on.isEmpty()) {
                common = Optional.of(common.map(other -> holder(other, one)).orElse(one));
            }
            open.addAll(on);
        }
        return common.filter(end -> !end.isEmpty());
    }

    /** The code at which the way ends, when it never parts; empty when it does, or leads round. */
    static Optional<String> only(String code, Map<String, Set<String>> next) {
        Set<String> seen = new HashSet<>();
        String one = code;
        while (next.containsKey(one)) {
            if (!seen.add(one) || next.get(one).size() != 1) {
                return Optional.empty();
            }
            one = next.get(one).iterator().next();
        }
        return Optional.of(one).filter(end -> !end.equals(code) && end.length() == code.length());
    }

    private static String holder(String one, String other) {
        String holder = "";
        for (Level level : Level.values()) {
            if (level.digits() <= one.length() && level.digits() <= other.length() && one.startsWith(other.substring(0, level.digits()))) {
                holder = other.substring(0, level.digits());
            }
        }
        return holder;
    }
}
