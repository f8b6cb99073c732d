package org.heshi.notices.tell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog.Now;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TellingTests {

    private static final UUID MATTER = Uuid7.at(Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({"return,desk,DISPATCHER,returned", "answer,verifier,VERIFIER,answered", "redo,lead,HANDLER,redo", "assign,lead,HEAD,assigned",
            "assign,helper,HANDLER,assigned", "reopen,desk,DISPATCHER,reopened", "reply,lead,HANDLER,replied", "withdraw,lead,HANDLER,withdrawn"})
    void tellsTheRelationThatItConcerns(String action, String relation, Role role, String event) {
        assertThat(Telling.of(entry(action, "service", Optional.of("service"), "accepted", "assigned"), now("service", "assigned", "lead")))
                .anySatisfy(told -> {
                    assertThat(told.relation()).isEqualTo(relation);
                    assertThat(told.roles()).contains(role);
                    assertThat(told.event()).isEqualTo(event);
                });
    }

    @Test
    void tellsTheDeskOfANewMatter() {
        assertThat(Telling.of(entry("report", "intake", Optional.empty(), "", "reported"), now("intake", "reported", "desk")))
                .containsExactly(new Telling.Told("desk", Set.of(Role.DISPATCHER, Role.WINDOW_CLERK), "new"));
    }

    @Test
    void tellsWhoChecksOfWhatWasFoundAndSettledOnARound() {
        List<Telling.Told> checked = List.of(new Telling.Told("verifier", Set.of(Role.VERIFIER), "answered"));
        assertThat(Telling.of(entry("settle-found", "grid-event", Optional.empty(), "", "answered"), now("grid-event", "answered", "verifier"))).isEqualTo(checked);
        // also when it was checked before anybody was told
        assertThat(Telling.of(entry("settle-found", "grid-event", Optional.empty(), "", "answered"), now("grid-event", "closed", "none"))).isEqualTo(checked);
    }

    @Test
    void tellsTheHeadTooWhenAMatterBecomesAnEmergency() {
        assertThat(Telling.of(entry("sort", "emergency", Optional.of("intake"), "registered", "raised"), now("emergency", "raised", "desk")))
                .containsExactly(new Telling.Told("desk", Set.of(Role.DISPATCHER, Role.WINDOW_CLERK, Role.HEAD), "emergency"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "relay", "note", "accept", "handle", "rate", "link"})
    void tellsNobodyOfTheRest(String action) {
        String from = action.equals("accept") ? "assigned" : "accepted";
        assertThat(Telling.of(entry(action, "service", Optional.of("service"), from, "accepted"), now("service", "accepted", "lead"))).isEmpty();
    }

    @Test
    void tellsWhoeverHasTheTurnByAnActionOfADeployer() {
        assertThat(Telling.of(entry("inspect", "service", Optional.of("service"), "assigned", "inspected"), now("service", "inspected", "verifier")))
                .containsExactly(new Telling.Told("verifier", Set.of(Role.VERIFIER), "moved"));
    }

    @Test
    void tellsTheDeskOfASupervisionOrderWhenItIsItsTurn() {
        Telling.Told desk = new Telling.Told("desk", Set.of(Role.DISPATCHER, Role.HEAD), "supervised");
        assertThat(Telling.of(entry("supervise", "service", Optional.of("service"), "registered", "registered"), now("service", "registered", "desk")))
                .contains(desk);
        assertThat(Telling.of(entry("supervise", "service", Optional.of("service"), "accepted", "accepted"), now("service", "accepted", "lead",
                Optional.of(new UUID(0, 9))))).doesNotContain(desk);
    }

    @Test
    void tellsTheReporterWhatTheyMayReadButNotWhatTheyDid() {
        assertThat(Telling.tellsReporter(entry("answer", "service", Optional.of("service"), "handled", "answered"))).isTrue();
        LoggedEntry note = new LoggedEntry(1, MATTER, 2, "note", "service", 1, Optional.of("service"), Optional.of("accepted"), "accepted", "staff",
                Optional.empty(), Optional.empty(), Instant.EPOCH, Set.of("staff"), "{}");
        assertThat(Telling.tellsReporter(note)).isFalse();
        LoggedEntry own = new LoggedEntry(1, MATTER, 2, "add", "service", 1, Optional.of("service"), Optional.of("accepted"), "accepted", "resident",
                Optional.empty(), Optional.empty(), Instant.EPOCH, Set.of("staff", "reporter"), "{}");
        assertThat(Telling.tellsReporter(own)).isFalse();
    }

    private static LoggedEntry entry(String action, String kind, Optional<String> fromKind, String from, String to) {
        return new LoggedEntry(1, MATTER, fromKind.isPresent() ? 2 : 1, action, kind, 1, fromKind, fromKind.map(_ -> from), to, "staff",
                Optional.empty(), Optional.empty(), Instant.EPOCH, Set.of("staff", "reporter"), "{}");
    }

    private static Now now(String kind, String state, String turn) {
        return now(kind, state, turn, Optional.empty());
    }

    private static Now now(String kind, String state, String turn, Optional<UUID> lead) {
        return new Now(MATTER, MatterNumber.draw(1, 26, new java.util.Random(1)), kind, 1, state, false, turn, 0, Optional.empty(), "window", "330681", "330681",
                lead, Optional.empty(), Instant.EPOCH, Instant.EPOCH, Map.of(), Optional.empty(), Map.of(), Set.of(), Set.of());
    }
}
