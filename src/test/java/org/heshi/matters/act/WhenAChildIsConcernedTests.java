package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** PIPL 31: a child's data only with a guardian, whose name and consent stand in the record. The numbers here are invented and belong to nobody. */
@HeshiTest
class WhenAChildIsConcernedTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;

    private static String number(String birth) {
        String begin = "110105" + birth + "002";
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (begin.charAt(i) - '0') * weights[i];
        }
        return begin + "10X98765432".charAt(sum % 11);
    }

    @Test
    void isKnownByAValidNumberUntilTheFourteenthBirthday() {
        LocalDate today = LocalDate.of(2026, 6, 15);
        assertThat(Minors.namesAChild("孩子的号码是" + number("20200101") + "。", today)).isTrue();
        assertThat(Minors.namesAChild(number("20120616"), today)).as("thirteen until tomorrow").isTrue();
        assertThat(Minors.namesAChild(number("20120615"), today)).as("fourteen today").isFalse();
        assertThat(Minors.namesAChild(number("19491231"), today)).isFalse();
        assertThat(Minors.namesAChild(number("20200230"), today)).as("no such day").isFalse();
        assertThat(Minors.namesAChild(number("20270101"), today)).as("not born").isFalse();
        assertThat(Minors.namesAChild("9" + number("20200101"), today)).as("part of a longer number").isFalse();
        String wrong = number("20200101");
        assertThat(Minors.namesAChild(wrong.substring(0, 17) + (wrong.charAt(17) == '1' ? '2' : '1'), today)).as("wrong check digit").isFalse();
        assertThat(Minors.namesAChild("", today)).isFalse();
    }

    private List<Refusal> refused(Map<String, Object> input) {
        return Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, Hall.key()))) instanceof Answer.Refused refused ? refused.refusals() : List.of();
    }

    private static List<String> codes(Answer answer) {
        return answer instanceof Answer.Refused refused ? refused.refusals().stream().map(refusal -> refusal.code() + " " + refusal.field()).toList() : List.of();
    }

    /** A party who is entered later, at the window or by who handles it: the guardian stands beside the child. */
    @Test
    void isEnteredAsAPartyOnlyWithAGuardianToo() {
        Hall hall = new Hall(context);
        Answer.Done done = hall.report();
        Map<String, Object> party = new HashMap<>(Map.of("role", "concerned", "name", "小明 " + number("20200101")));
        assertThat(codes(hall.act(hall.clerk, done.matter(), "party", party, 1))).containsExactly("child-named under-14");
        party.put("under-14", "child");
        assertThat(codes(hall.act(hall.clerk, done.matter(), "party", party, 1)))
                .containsExactlyInAnyOrder("required guardian-name", "required guardian-phone", "required guardian-consent");
        party.putAll(Map.of("guardian-name", "李监护", "guardian-phone", "13900000000", "guardian-consent", "agreed"));
        hall.done(hall.clerk, done.matter(), "party", party, 1);
        assertThat(Acting.as(hall.clerk, () -> views.get(done.matter())).parties().getLast().contacts()).containsEntry("guardian-name", "李监护");
    }

    /** What the reporter adds later; once the guardian is named, nobody is asked again. */
    @Test
    void isAddedByTheReporterOnlyWithAGuardianOnce() {
        Hall hall = new Hall(context);
        Answer.Done done = hall.report();
        Actor.Resident reporter = new Actor.Resident(done.matter(), 1);
        Map<String, Object> added = new HashMap<>(Map.of("words", "孩子的号码是 " + number("20200101")));
        assertThat(codes(hall.act(reporter, done.matter(), "add", added, 1))).containsExactly("child-named under-14");
        Map<String, Object> said = new HashMap<>(added);
        said.putAll(Map.of("under-14", "child", "guardian-name", "李监护", "guardian-phone", "13900000000", "guardian-consent", "agreed"));
        hall.done(reporter, done.matter(), "add", said, 1);
        hall.done(reporter, done.matter(), "add", added, 2);
        assertThat(Acting.as(hall.clerk, () -> views.get(done.matter())).parties().getFirst().contacts()).containsEntry("guardian-phone", "13900000000");
    }

    @Test
    void isTakenOnlyWithAGuardianWhoseConsentIsRecorded() {
        Hall hall = new Hall(context);
        Map<String, Object> input = new HashMap<>(Map.of("title", "校车不停", "description", "孩子 " + number("20200101") + " 上不了车", "place", hall.county));
        assertThat(refused(input)).extracting(Refusal::code).containsExactly("child-named");
        input.put("under-14", "child");
        assertThat(refused(input)).extracting(Refusal::field).containsExactlyInAnyOrder("guardian-name", "guardian-phone", "guardian-consent");
        Answer.Done done = hall.report(Map.of("under-14", "child", "guardian-name", "李监护", "guardian-phone", "13900000000", "guardian-consent", "agreed"));
        MatterViews.MatterView view = Acting.as(hall.clerk, () -> views.get(done.matter()));
        assertThat(view.parties().getFirst().contacts()).containsEntry("guardian-name", "李监护");
        assertThat(Acting.as(hall.clerk, () -> views.history(done.matter())).getFirst().shown()).anySatisfy(shown -> {
            assertThat(shown.field()).isEqualTo("guardian-consent");
            assertThat(shown.value()).isIn("监护人已同意", "The guardian agrees");
        });
    }
}
