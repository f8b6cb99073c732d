package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Audience;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Who;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedProceduresTests {

    static final ProcedureSet SHIPPED = ProcedureSet.of(ProcedureFolder.shipped());

    static Stream<Procedure> kinds() {
        return SHIPPED.procedures().stream();
    }

    static Stream<Procedure> kindsAfterIntake() {
        return kindsOfResidents().filter(procedure -> !procedure.kind().equals(Procedure.INTAKE));
    }

    static Stream<Procedure> kindsOfResidents() {
        return kinds().filter(procedure -> !procedure.internal());
    }

    @Test
    void areTheKindsOfResidentsWithIntakeFirst() {
        assertThat(kindsOfResidents().map(Procedure::kind)).startsWith("intake")
                .containsExactlyInAnyOrder("intake", "emergency", "grid-event", "service", "advice", "hazard", "dispute", "petition", "stuck");
    }

    @Test
    void takeAGridEventThroughItsSevenSteps() {
        assertThat(SHIPPED.kinds().get("grid-event").procedure().steps().stream().map(Procedure.Step::name))
                .containsExactly("found", "screened", "reported", "assigned", "handled", "answered", "closed");
    }

    @Test
    void haveTheActionsThatTheIntakePagesCall() {
        assertThat(SHIPPED.kinds().get("intake").procedure().actions()).containsKeys("report", "register", "confirm", "sort", "withdraw", "add", "note",
                "ask", "reply", "merge", "unmerge", "split", "link", "new-code", "party", "name-office", "answer-at-once", "decline", "rate", "reopen", "relay", "import");
    }

    @ParameterizedTest
    @MethodSource("kindsAfterIntake")
    void haveTheActionsOfTheCommonPath(Procedure procedure) {
        assertThat(procedure.actions()).containsKeys("assign", "accept", "answer", "verify", "redo", "rate", "reopen", "rekind", "relay", "import");
        assertThat(procedure.states()).containsKeys("assigned", "accepted", "answered", "closed", "merged");
    }

    @ParameterizedTest
    @MethodSource("kindsAfterIntake")
    void areCheckedBySomebodyElseThanTheHandler(Procedure procedure) {
        Action verify = procedure.actions().get("verify");
        assertThat(verify.notBy()).contains("answer");
        assertThat(verify.who()).allMatch(who -> who instanceof Who.Post post && post.relation() == Relation.VERIFIER);
        assertThat(verify.outcomes()).isNotEmpty().doesNotContain("merged", "withdrawn");
    }

    @ParameterizedTest
    @MethodSource("kindsOfResidents")
    void showAnInternalNoteOnlyToTheUnitsAtWork(Procedure procedure) {
        for (String inside : List.of("note", "party")) {
            assertThat(procedure.actions().get(inside).audience())
                    .containsExactlyInAnyOrder(Audience.DESK, Audience.LEAD, Audience.HELPER, Audience.VERIFIER);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsOfResidents")
    void letTheReporterReadWhatTheyDidAndWhatWasAnswered(Procedure procedure) {
        assertThat(procedure.actions().values()).filteredOn(action -> action.who().contains(new Who.Reporter()) || action.effect() == Effect.ANSWER)
                .isNotEmpty().allMatch(action -> action.audience().contains(Audience.REPORTER));
    }

    /** PIPL 31: wherever people enter somebody's name or number, a child's guardian can be entered too; and it stands in one place. */
    @Test
    void askForTheGuardianWhereverSomebodyIsNamed() {
        Stream<Action> naming = kinds().flatMap(procedure -> procedure.actions().values().stream())
                .filter(action -> action.fields().stream().anyMatch(field -> field.type().contact()))
                .filter(action -> !action.who().stream().allMatch(who -> who instanceof Who.Machine));
        List<Action> asked = naming.toList();
        assertThat(asked).extracting(Action::name).contains("report", "register", "party", "representative", "request", "add");
        for (String field : List.of("under-14", "guardian-name", "guardian-phone", "guardian-consent")) {
            assertThat(asked).as(field).allMatch(action -> action.findField(field).isPresent());
            assertThat(asked.stream().map(action -> action.findField(field).orElseThrow()).distinct()).as(field).hasSize(1);
        }
        assertThat(SHIPPED.kinds().get("intake").procedure().actions().get("report").fields().stream().map(Procedure.Field::name))
                .containsSequence("behalf-relation", "under-14", "guardian-name", "guardian-phone", "guardian-consent", "files");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areReachableInEveryState(Procedure procedure) {
        for (String state : procedure.states().keySet()) {
            boolean arrived = procedure.arrivals().containsValue(state);
            boolean led = procedure.actions().values().stream().anyMatch(action -> action.to().filter(state::equals).isPresent());
            assertThat(arrived || led).as(state).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void endWithAnOutcome(Procedure procedure) {
        assertThat(procedure.actions().values()).filteredOn(action -> action.to().filter(to -> procedure.state(to).terminal()).isPresent())
                .isNotEmpty().allMatch(action -> !action.outcomes().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void takeInImportsInEveryState(Procedure procedure) {
        Action action = procedure.actions().get("import");
        assertThat(action.who()).isEqualTo(List.of(new Who.Machine("importer")));
        assertThat(action.findField("state").orElseThrow().options().keySet()).isEqualTo(procedure.states().keySet());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areTheSameAfterBeingPublished(Procedure procedure) {
        Map<String, ProcedureSet.Checked> kinds = SHIPPED.kinds();
        assertThat(ProcedureSet.published(procedure.kind(), 1, kinds.get(procedure.kind()).source())).isEqualTo(procedure);
    }

    /** A person's conduct, mood, risk or whereabouts is nobody's to record (decision 11). */
    @ParameterizedTest
    @MethodSource("kinds")
    void askForNoPapersOfIdentityAndNoJudgementOfPeople(Procedure procedure) {
        assertThat(procedure.actions().values().stream().flatMap(action -> action.fields().stream()).map(Procedure.Field::name))
                .noneMatch(name -> name.matches(".*(id-number|mood|risk|conduct|whereabouts|repeat|key-person).*"));
        // the papers of mediation and the court name who the parties are (Several Provisions on People's Mediation, article 34); nothing else needs it
        assertThat(procedure.actions().values().stream().filter(action -> action.fields().stream().anyMatch(field -> field.type() == Procedure.Type.IDENTITY
                || field.name().contains("identity"))).map(Procedure.Action::name))
                .isSubsetOf(procedure.kind().equals("dispute") ? List.of("particulars", "represent") : List.of());
    }

    @Test
    void letNobodyWithdrawADanger() {
        assertThat(List.of("emergency", "hazard")).allMatch(kind -> !SHIPPED.kinds().get(kind).procedure().actions().containsKey("withdraw"));
    }

    @Test
    void keepWhatIsSaidInMediationToTheMediators() {
        Map<String, Procedure.Action> actions = SHIPPED.kinds().get("dispute").procedure().actions();
        assertThat(List.of("session", "draft", "oral", "helper")).allSatisfy(between -> assertThat(actions.get(between).audience()).containsExactly(Audience.LEAD, Audience.SIDES));
        assertThat(List.of("caucus", "offer", "offer-recorded", "evidence", "evidence-recorded", "invite-apart")).allSatisfy(apart ->
                assertThat(actions.get(apart).audience()).containsExactly(Audience.LEAD, Audience.PARTY));
        assertThat(List.of("investigate", "police", "sign", "story")).allSatisfy(own -> assertThat(actions.get(own).audience()).containsExactly(Audience.LEAD));
    }
}
