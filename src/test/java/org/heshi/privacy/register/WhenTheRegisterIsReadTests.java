package org.heshi.privacy.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.MatterRows.Kind;
import org.heshi.matters.PersonalFields.PersonalField;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class WhenTheRegisterIsReadTests {

    private static final Bilingual WORDS = new Bilingual("身份证号码", "Identity number");
    private static final List<Kind> KINDS = List.of("advice", "dispute", "petition", "hazard", "rights", "intake").stream()
            .map(kind -> new Kind(kind, WORDS, Map.of(), Map.of("not-ours", WORDS), false, false, java.util.Set.of())).toList();

    private static String shipped() throws IOException {
        return new ClassPathResource("privacy/register.yaml").getContentAsString(StandardCharsets.UTF_8);
    }

    private static List<String> wrong(String text) {
        List<String> problems = new ArrayList<>();
        RegisterFile.read(text, problems);
        return problems;
    }

    @Test
    void findsNothingWrongWithTheShippedOne() throws IOException {
        assertThat(wrong(shipped())).isEmpty();
    }

    @Test
    void namesEverythingThatIsWrong() throws IOException {
        assertThat(wrong("")).isNotEmpty();
        assertThat(wrong("purposes: [")).anySatisfy(problem -> assertThat(problem).contains("cannot be read"));
        assertThat(wrong(shipped().replace("ordinary: {use: 24, whole: 60}", "ordinary: {use: 24, whole: 12}"))).anySatisfy(p -> assertThat(p).startsWith("retention.ordinary"));
        assertThat(wrong(shipped().replace("keep: visit", "keep: for-ever"))).anySatisfy(p -> assertThat(p).contains("for-ever"));
        assertThat(wrong(shipped().replaceFirst("sensitive: false", "sensitive: perhaps"))).anySatisfy(p -> assertThat(p).contains("sensitive"));
        assertThat(wrong(shipped() + "\nextra: 1\n")).anySatisfy(p -> assertThat(p).contains("extra"));
        assertThat(wrong("a: &a [x]\nb: *a\n" + shipped())).isNotEmpty();
    }

    @Test
    void refusesAFieldThatNoPurposeNames() throws IOException {
        Register register = RegisterFile.read(shipped(), new ArrayList<>());
        List<String> problems = new ArrayList<>();
        PurposeRegister.check(register, List.of(new PersonalField("dispute", "id-number", WORDS), new PersonalField("intake", "name", WORDS)), KINDS,
                register.records().keySet(), problems);
        assertThat(problems).singleElement().asString().contains("dispute", "id-number");
    }

    @Test
    void refusesRecordsWithoutATermAndTermsOfWhatIsNotHeld() throws IOException {
        Register register = RegisterFile.read(shipped(), new ArrayList<>());
        List<String> problems = new ArrayList<>();
        PurposeRegister.check(register, List.of(), KINDS.subList(1, 6), Set.of("looks", "diaries"), problems);
        assertThat(problems).anySatisfy(p -> assertThat(p).contains("diaries")).anySatisfy(p -> assertThat(p).contains("'mail'")).anySatisfy(p -> assertThat(p).contains("advice"));
    }

    @Test
    void givesEachMatterTheTermOfItsOutcomeElseOfItsKind() throws IOException {
        Register register = RegisterFile.read(shipped(), new ArrayList<>());
        assertThat(register.term("intake", "not-ours")).isEqualTo(new Register.Term(6, 24));
        assertThat(register.term("intake", "resolved")).isEqualTo(register.ordinary());
        assertThat(register.term("dispute", "agreed")).isEqualTo(new Register.Term(36, 180));
        assertThat(register.shortest("intake", false)).isEqualTo(6);
        assertThat(register.shortest("intake", true)).isEqualTo(24);
    }

    @Test
    void refusesWhatTheLawWantsAssessedWithoutAnAssessment() throws IOException {
        assertThat(wrong(shipped().replaceFirst("    assessment: matters-2026\n", ""))).singleElement().asString().contains("purpose contact", "provided", "PIPL 55");
        assertThat(wrong(shipped().replace("sensitive: true\n    handling: [provided]\n    assessment: matters-2026", "sensitive: true\n    handling: []")))
                .anySatisfy(p -> assertThat(p).contains("purpose words", "sensitive"));
        assertThat(wrong(shipped().replace("keep: visit\n    sensitive: false\n    handling: []", "keep: visit\n    sensitive: false\n    handling: [automated]"))).singleElement().asString()
                .contains("purpose follow", "automated");
        assertThat(wrong(shipped().replaceFirst("    handling: .*\n", ""))).anySatisfy(p -> assertThat(p).contains("handling"));
        assertThat(wrong(shipped().replaceFirst("handling: \\[provided]", "handling: [sold]"))).anySatisfy(p -> assertThat(p).contains("sold"));
    }

    @Test
    void refusesAssessmentsThatAreNotWholeOrOfNothing() throws IOException {
        assertThat(wrong(shipped().replace("  - name: messages-2026", "  - name: letters-2026"))).anySatisfy(p -> assertThat(p).contains("messages-2026", "not there"))
                .anySatisfy(p -> assertThat(p).contains("letters-2026", "no purpose"));
        assertThat(wrong(shipped().replaceFirst("    risks: .*\n", ""))).isNotEmpty().allSatisfy(p -> assertThat(p).contains("matters-2026: risks"));
        assertThat(wrong(shipped().replaceFirst("review: '2027-11-22'", "review: '2026-11-22'"))).singleElement().asString().contains("matters-2026");
        assertThat(wrong(shipped().replaceFirst("made: '2026-11-22'", "made: 2026-11-22"))).singleElement().asString().contains("in quotes");
    }

    @Test
    void showsFirstWhatIsToBeLookedAtAnew() throws IOException {
        Register register = RegisterFile.read(shipped().replaceFirst("(?s)(.*)review: '2027-11-22'", "$1review: '2027-01-31'"), new ArrayList<>());
        List<AssessmentsPage.Line> lines = AssessmentsPage.of(3, Instant.EPOCH, 3, register, LocalDate.parse("2027-02-01")).lines();
        assertThat(lines).extracting(line -> line.assessment().name(), AssessmentsPage.Line::overdue)
                .containsExactly(tuple("messages-2026", true), tuple("matters-2026", false));
        assertThat(lines.getLast().purposes()).extracting(Register.Purpose::name).contains("words", "children");
        assertThat(AssessmentsPage.of(3, Instant.EPOCH, 3, register, LocalDate.parse("2027-01-31")).lines()).noneMatch(AssessmentsPage.Line::overdue);
    }

    @Test
    void stillReadsAVersionFromBeforeThereWereAssessments() throws IOException {
        String old = shipped().replaceAll("(?m)^    (handling|assessment): .*\n", "").replaceFirst("(?s)\nassessments:.*", "\n");
        Register register = RegisterFile.read(old, new ArrayList<>());
        assertThat(register.purposes()).isNotEmpty();
        assertThat(register.assessments()).isEmpty();
    }

    @Test
    void standsInTheDocumentsWithEachAssessment() throws IOException {
        String document = Files.readString(Path.of("docs/assessments.md"));
        Register register = RegisterFile.read(shipped(), new ArrayList<>());
        for (Register.Purpose purpose : register.purposes()) {
            assertThat(document).contains("| " + purpose.name() + " | " + (purpose.assessedFor().isEmpty() ? "nothing asks for one | none"
                    : String.join(" ", purpose.assessedFor()) + " | " + purpose.assessment()) + " |");
        }
        register.assessments().values().forEach(one -> assertThat(document).contains("| " + one.name() + " | " + one.made() + " | " + one.review() + " |"));
    }
}
