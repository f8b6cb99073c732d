package org.heshi.divisions.grid;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heshi.kernel.Refusal;

/** When a grid or micro-grid may be added, renamed or ended. */
final class GridRules {

    static final int LONGEST_NAME = 30;

    private GridRules() {
    }

    /** As it is kept: without space around it, and one space where several were typed inside. */
    static String tidy(String name) {
        return name.strip().replaceAll("[\\p{Z}\\s]+", " ");
    }

    static List<Refusal> namesAreSound(String field, List<String> tidied, Collection<String> taken) {
        List<Refusal> reasons = new ArrayList<>();
        if (tidied.isEmpty()) {
            reasons.add(Refusal.at(field, "divisions.name-missing"));
        }
        Set<String> seen = new HashSet<>(taken);
        for (String name : tidied) {
            nameIsSound(field, name).ifPresent(reasons::add);
            if (!name.isEmpty() && !seen.add(name)) {
                reasons.add(Refusal.at(field, "divisions.name-taken", shown(name)));
            }
        }
        return reasons.stream().distinct().toList();
    }

    static Optional<Refusal> nameIsSound(String field, String name) {
        if (name.isEmpty()) {
            return Optional.of(Refusal.at(field, "divisions.name-missing"));
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return Optional.of(Refusal.at(field, "divisions.name-long", LONGEST_NAME, shown(name)));
        }
        // controls, direction marks, zero-width characters, lone surrogates, private and unassigned ones
        boolean strange = name.codePoints().anyMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        });
        return strange ? Optional.of(Refusal.at(field, "divisions.name-strange")) : Optional.empty();
    }

    /** Numbers run from 1 and are never given twice, also not after a grid ended. */
    static Optional<Refusal> numbersSuffice(int greatestGiven, int wanted, int digits) {
        int most = digits == 3 ? 999 : 99;
        return greatestGiven + wanted > most
                ? Optional.of(Refusal.at("names", "divisions.numbers-used-up", most, most - greatestGiven)) : Optional.empty();
    }

    static Optional<Refusal> nothingStandsBelow(int children) {
        return children == 0 ? Optional.empty() : Optional.of(Refusal.of("divisions.micro-grids-stand", children));
    }

    private static String shown(String name) {
        return name.codePointCount(0, name.length()) > LONGEST_NAME ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…" : name;
    }
}
