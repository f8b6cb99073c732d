package org.heshi.divisions.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WhatCameInTests {

    /** A county of so many villages in towns of twenty gets another code, with a grid in each: every one of its codes ends. */
    private static Map<String, String> renumbered(int villages) {
        Map<String, String> went = new HashMap<>(Map.of("330681", "330699"));
        for (int i = 0; i < villages; i++) {
            String town = "%03d".formatted(100 + i / 20);
            String village = town + "%03d".formatted(200 + i % 20);
            for (String below : List.of(town, village, village + "001")) {
                went.put("330681" + below, "330699" + below);
            }
        }
        return went;
    }

    private static long steps(Map<String, String> went, Set<String> others, String place) {
        Set<String> ended = new HashSet<>(went.keySet());
        ended.addAll(others);
        long[] steps = new long[1];
        new WhatCameIn(ended, went).to(place, () -> steps[0]++);
        return steps[0];
    }

    @Test
    void looksAtEachCodeFewTimesHoweverManyEnded() {
        long before = 0;
        for (int villages = 500; villages <= 16_000; villages *= 2) {
            Map<String, String> went = renumbered(villages);
            assertThat(new WhatCameIn(went.keySet(), went).to("330699")).containsExactly("330681");
            assertThat(steps(went, Set.of(), "330699")).isLessThanOrEqualTo(2L * went.size());
            // the last village of each town was split: neither the county nor a town went whole, so that all below is looked at again
            Set<String> split = new HashSet<>();
            for (int i = 0; i < villages; i += 20) {
                split.add("330681%03d219".formatted(100 + i / 20));
            }
            Map<String, String> torn = new HashMap<>(went);
            torn.keySet().removeAll(split);
            long steps = steps(torn, split, "330699");
            assertThat(steps).as("a code lies below three others here").isLessThanOrEqualTo(5L * went.size());
            if (before > 0) {
                assertThat((double) steps / before).as("twice as many, twice the work").isLessThan(2.2);
            }
            before = steps;
            assertThat(steps(went, Set.of(), "330681")).as("where nothing went, nothing is looked at").isZero();
        }
    }

    @Test
    void saysWhatComparingEachWithEachSays() {
        Random random = new Random(20261123);
        for (int round = 0; round < 400; round++) {
            Map<String, String> successors = new HashMap<>();
            Set<String> ended = new HashSet<>();
            for (String code : codes(random)) {
                ended.add(code);
                if (random.nextInt(5) > 0) {
                    successors.put(code, "33069" + random.nextInt(2) + code.substring(6));
                }
            }
            for (String place : List.of("330690", "330691", "330690100", "33069", "3306", "330600")) {
                assertThat(new WhatCameIn(ended, successors).to(place)).isEqualTo(plainly(ended, successors, place));
            }
        }
    }

    private static List<String> codes(Random random) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            codes.add("3306" + "%02d".formatted(random.nextInt(3)) + (random.nextBoolean() ? "" : "10" + random.nextInt(3) + (random.nextBoolean() ? "" : "20" + random.nextInt(3))));
        }
        return codes;
    }

    private static List<String> plainly(Set<String> ended, Map<String, String> successors, String place) {
        List<String> widest = new ArrayList<>();
        for (String gone : new TreeSet<>(successors.keySet())) {
            boolean covered = gone.startsWith(place) || !widest.isEmpty() && gone.startsWith(widest.getLast());
            if (!covered && ended.stream().filter(one -> one.startsWith(gone)).allMatch(one -> successors.getOrDefault(one, "").startsWith(place))) {
                widest.add(gone);
            }
        }
        return widest;
    }
}
