package org.heshi.mediation.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.mediation.roster.Suggestion.Asked;
import org.heshi.mediation.roster.Suggestion.Candidate;
import org.junit.jupiter.api.Test;

class WhenMediatorsAreSuggestedTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final UUID COMMITTEE = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final String TOWN = "549901101";

    private static Candidate candidate(int id, UUID unit, String division, List<String> skills, int open, int most, String name) {
        return new Candidate(new Entry(new UUID(9, id), unit, division, "member", false, skills, List.of("普通话"), most, Optional.empty(), Optional.empty(), false, true),
                name, "", "调委会", open);
    }

    private static Asked asked(Set<String> names, Set<String> phones, Set<UUID> out) {
        return new Asked("labour", COMMITTEE, TOWN + "201", names, phones, out);
    }

    private static List<Long> ids(List<Suggestion> suggested) {
        return suggested.stream().map(one -> one.post().getLeastSignificantBits()).toList();
    }

    @Test
    void goesByCommitteeThenByTownThenBySkillThenByWhatTheyHaveInHand() {
        List<Candidate> all = List.of(candidate(1, OTHER, "549901102", List.of("labour"), 0, 10, "甲"), candidate(2, OTHER, TOWN, List.of(), 0, 10, "乙"),
                candidate(3, OTHER, TOWN, List.of("labour"), 9, 10, "丙"), candidate(4, COMMITTEE, TOWN, List.of(), 5, 10, "丁"),
                candidate(5, COMMITTEE, TOWN, List.of("labour"), 8, 20, "戊"), candidate(6, COMMITTEE, TOWN, List.of("labour"), 5, 10, "己"));
        List<Suggestion> suggested = Suggestion.of(all, asked(Set.of(), Set.of(), Set.of()), TODAY, 5);
        assertThat(ids(suggested)).containsExactly(5L, 6L, 4L, 3L, 2L);
        assertThat(suggested.getFirst().skilled()).isTrue();
        assertThat(suggested.getFirst().near()).isZero();
    }

    @Test
    void neverNamesWhoHasAnInterestOrWasObjectedTo() {
        List<Candidate> all = List.of(candidate(1, COMMITTEE, TOWN, List.of("labour"), 0, 10, "王小明"),
                new Candidate(candidate(2, COMMITTEE, TOWN, List.of("labour"), 0, 10, "乙").entry(), "乙", "13800000000", "调委会", 0),
                candidate(3, COMMITTEE, TOWN, List.of("labour"), 0, 10, "丙"), candidate(4, COMMITTEE, TOWN, List.of(), 0, 10, "丁"));
        assertThat(ids(Suggestion.of(all, asked(Set.of("王小明"), Set.of("13800000000"), Set.of(new UUID(9, 3))), TODAY, 9))).containsExactly(4L);
    }

    @Test
    void neverNamesWhoIsFullOrOverTheirTermOrOffTheRoster() {
        Entry over = new Entry(new UUID(9, 7), COMMITTEE, TOWN, "member", false, List.of("labour"), List.of(), 10, Optional.of(TODAY.minusYears(3).minusDays(1)),
                Optional.of(TODAY.minusDays(1)), false, true);
        Entry off = new Entry(new UUID(9, 8), COMMITTEE, TOWN, "member", false, List.of("labour"), List.of(), 10, Optional.empty(), Optional.empty(), false, false);
        assertThat(Suggestion.of(List.of(candidate(1, COMMITTEE, TOWN, List.of("labour"), 10, 10, "甲"), candidate(2, COMMITTEE, TOWN, List.of("labour"), 0, 0, "乙"),
                new Candidate(over, "丙", "", "调委会", 0), new Candidate(off, "丁", "", "调委会", 0)), asked(Set.of(), Set.of(), Set.of()), TODAY, 9)).isEmpty();
    }

    @Test
    void knowsWhatTheLawAsksOfACommittee() {
        Entry member = candidate(1, COMMITTEE, TOWN, List.of(), 0, 1, "甲").entry();
        assertThat(RosterPages.lacks(List.of(member))).containsExactly("members", "director", "women");
        Entry director = new Entry(new UUID(9, 2), COMMITTEE, TOWN, "director", true, List.of(), List.of(), 1, Optional.empty(), Optional.empty(), false, true);
        Entry hired = new Entry(new UUID(9, 3), COMMITTEE, TOWN, "hired", true, List.of(), List.of(), 1, Optional.empty(), Optional.empty(), false, true);
        assertThat(RosterPages.lacks(List.of(member, director, hired))).containsExactly("members");
        assertThat(RosterPages.lacks(List.of(member, member, director))).isEmpty();
        assertThat(RosterPages.lacks(java.util.Collections.nCopies(10, director))).containsExactly("members");
    }
}
