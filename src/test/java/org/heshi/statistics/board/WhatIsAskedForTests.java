package org.heshi.statistics.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatIsAskedForTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static Asked asked(Map<String, String> typed) {
        return Asked.of(typed, TODAY);
    }

    @Test
    void isThisMonthUpToTodayWhenNothingIsSaid() {
        Asked asked = asked(Map.of());
        assertThat(asked.from()).isEqualTo("2026-11-01");
        assertThat(asked.to()).isEqualTo(TODAY);
        assertThat(asked.months()).isFalse();
        assertThat(asked.notes()).isEmpty();
    }

    @Test
    void isCorrectedAndSaysSo() {
        assertThat(asked(Map.of("from", "yesterday", "to", "2026-02-30")).notes()).containsExactlyInAnyOrder("figures.note.from", "figures.note.to");
        Asked turned = asked(Map.of("from", "2026-05-09", "to", "2026-05-01"));
        assertThat(turned.from()).isEqualTo("2026-05-01");
        assertThat(turned.notes()).containsExactly("figures.note.order");
        assertThat(asked(Map.of("from", "1999-01-01", "to", "2004-03-01")).from()).isEqualTo("2004-01-01");
        assertThat(asked(Map.of("from", "2010-01-01")).from()).isEqualTo("2023-11-24");
        assertThat(asked(Map.of("kind", "<b>", "category", "7", "channel", "a b", "level", "9")).notes()).hasSize(4);
    }

    @Test
    void endsTodayOrLiesAheadAsAWhole() {
        assertThat(asked(Map.of("to", "2099-01-01")).to()).isEqualTo("2099-01-01");
        assertThat(asked(Map.of("from", "2026-11-20", "to", "2027-01-01")).to()).isEqualTo(TODAY);
        Asked ahead = asked(Map.of("from", "2099-02-01"));
        assertThat(ahead.ahead()).isTrue();
        assertThat(ahead.notes()).containsExactly("figures.note.ahead");
    }

    @Test
    void standsBesideTheSameDaysOfTheMonthAndYearBefore() {
        assertThat(asked(Map.of()).before(1)).containsExactly(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 23));
        assertThat(asked(Map.of("from", "2026-02-01", "to", "2026-02-28")).before(1)).containsExactly(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31));
        assertThat(asked(Map.of("from", "2024-02-29", "to", "2024-02-29")).before(12)).containsExactly(LocalDate.of(2023, 2, 28), LocalDate.of(2023, 2, 28));
        assertThat(asked(Map.of("from", "2026-01-01", "to", "2026-06-30")).withinAMonth()).isFalse();
        assertThat(asked(Map.of("from", "2026-05-01", "to", "2026-05-31")).withinAMonth()).isTrue();
    }

    @Test
    void comesBackFromItsOwnAddress() {
        Asked asked = asked(Map.of("place", "330681", "from", "2026-09-01", "to", "2026-10-31", "kind", "service", "category", "02", "channel", "web", "level", "1", "cut", "then",
                "course", "months"));
        String address = asked.href("/figures");
        Map<String, String> back = new java.util.HashMap<>();
        for (String part : address.substring(address.indexOf('?') + 1).split("&")) {
            back.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        assertThat(Asked.of(back, TODAY)).isEqualTo(asked);
        assertThat(asked.href("/figures", "category", "", "place", "330681101")).doesNotContain("category").contains("place=330681101");
    }
}
