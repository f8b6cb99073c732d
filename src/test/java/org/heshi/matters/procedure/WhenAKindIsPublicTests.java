package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a county may show one by one, and what no file can make it show. */
class WhenAKindIsPublicTests {

    private static List<ProcedureFile> shipped(String changed, java.util.function.UnaryOperator<String> change) {
        List<ProcedureFile> files = new ArrayList<>();
        for (ProcedureFile file : ProcedureFolder.files("")) {
            files.add(!file.fragment() && file.stem().equals(changed)
                    ? new ProcedureFile(file.name(), file.stem(), file.fragment(), change.apply(new String(file.bytes(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8))
                    : file);
        }
        return files;
    }

    @Test
    void areTroublesOfAPlaceAndNothingBetweenPeople() {
        Map<String, ProcedureSet.Checked> kinds = ProcedureSet.of(ProcedureFolder.files("")).kinds();
        assertThat(kinds.values().stream().map(ProcedureSet.Checked::procedure).filter(Procedure::inPublic).map(Procedure::kind))
                .containsExactlyInAnyOrder("grid-event", "service", "hazard");
        assertThat(kinds.get("hazard").as(7).inPublic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "dispute", "petition", "emergency", "stuck", "rights", "whistle", "task"})
    void theseAreNeverPublicWhateverAFileSays(String kind) {
        RefusedProcedures refused = catchThrowableOfType(RefusedProcedures.class,
                () -> ProcedureSet.of(shipped(kind, text -> text.replaceFirst("\ninclude:", "\npublic: true\ninclude:"))));
        assertThat(refused.violations().render()).contains(kind + ".yaml").contains("is never public");
    }

    @Test
    void aDisputeUnderAnotherNameIsNeverPublicEither() {
        List<ProcedureFile> files = shipped("advice", text -> text.replaceFirst("\ninclude: \\[handling\\]", "\npublic: true\ninclude: [handling]")
                .replaceFirst("\nactions:\n", "\nactions:\n  confide:\n    title: {zh: 只给当事人, en: For the sides}\n    from: open\n    who: [{role: handler, relation: lead}]\n"
                        + "    audience: [lead, sides]\n    says: {zh: 告知, en: Told}\n"));
        assertThat(catchThrowableOfType(RefusedProcedures.class, () -> ProcedureSet.of(files)).violations().render())
                .contains("a kind between sides is never public");
    }
}
