package org.heshi.privacy.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            .map(kind -> new Kind(kind, WORDS, Map.of(), Map.of("not-ours", WORDS), false)).toList();

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
}
