package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.Charge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Nobody wants it: two returns at most, then the centre rules and the ruling binds. */
@HeshiTest
class WhenUnitsDisagreeTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private Answer.Done sorted() {
        Answer.Done m = hall.report();
        hall.done(hall.clerk, m.matter(), "confirm", Map.of(), 1);
        return hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"), 2);
    }

    private Answer.Done returnedTwice() {
        Answer.Done m = sorted();
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "一"), 3);
        hall.done(hall.handler, m.matter(), "return", Map.of("reason", "归公安"), 4);
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "二"), 5);
        return hall.done(hall.policeHead, m.matter(), "return", Map.of("reason", "归住建"), 6);
    }

    private Stream<String> next(Actor who, Answer.Done m) {
        return Acting.as(who, () -> views.nextActions(m.matter())).stream().map(Action::name);
    }

    @Test
    void rulesAfterTwoReturnsAndNotBefore() {
        Answer.Done m = sorted();
        assertThat(next(hall.dispatcher, m)).contains("assign").doesNotContain("rule");
        Answer early = hall.act(hall.dispatcher, m.matter(), "rule", Map.of("lead", hall.works.id().toString(), "ruling", "早了"), 3);
        assertThat(codes(early)).containsExactly("only-after");
        Answer.Done twice = returnedTwice();
        assertThat(next(hall.dispatcher, twice)).contains("rule").doesNotContain("assign");
        assertThat(codes(hall.act(hall.dispatcher, twice.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "三"), 7)))
                .containsExactly("not-any-more");
    }

    @Test
    void bindsTheUnitThatWasNamed() {
        Answer.Done m = returnedTwice();
        Answer.Done ruled = hall.done(hall.dispatcher, m.matter(), "rule", Map.of("lead", hall.works.id().toString(), "helpers",
                List.of(hall.police.id().toString()), "ruling", "路灯由住建部门管理，公安协助"), 7);
        assertThat(ruled.state()).isEqualTo("assigned");
        assertThat(next(hall.handler, m)).contains("accept").doesNotContain("return");
        assertThat(codes(hall.act(hall.handler, m.matter(), "return", Map.of("reason", "还是不归我"), 8))).containsExactly("not-any-more");
        String paper = String.join("\n", history(m).stream().map(item -> item.paper().orElse("")).toList());
        assertThat(paper).containsPattern("裁定〔20[0-9]{2}〕[0-9]+号");
        assertThat(Acting.as(hall.handler, () -> views.get(m.matter())).clocks()).as("its own full term to sign, and the desk's is over")
                .extracting(MatterViews.ClockView::name).containsExactlyInAnyOrder("sign", "total");
        hall.done(hall.handler, m.matter(), "accept", Map.of(), 8);
    }

    @Test
    void isChangedByAnotherRulingOnly() {
        Answer.Done m = returnedTwice();
        hall.done(hall.dispatcher, m.matter(), "rule", Map.of("lead", hall.works.id().toString(), "ruling", "归住建"), 7);
        assertThat(codes(hall.act(hall.dispatcher, m.matter(), "reassign", Map.of("lead", hall.police.id().toString(), "reason", "算了"), 8)))
                .containsExactly("not-any-more");
        Answer.Done again = hall.done(hall.dispatcher, m.matter(), "rule", Map.of("lead", hall.police.id().toString(), "ruling", "复核后改归公安"), 8);
        assertThat(again.state()).isEqualTo("assigned");
        hall.done(hall.policeHead, m.matter(), "accept", Map.of(), 9);
    }

    @Test
    void leavesOutNoNumberWhenTheSameFormIsSentTwiceAtOnce() throws InterruptedException {
        Answer.Done m = returnedTwice();
        String key = Hall.key();
        Map<String, Object> input = Map.of("lead", hall.works.id().toString(), "ruling", "归住建");
        List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> Acting.as(hall.dispatcher, () -> context.getBean(
                org.heshi.matters.Matters.class).act(org.heshi.matters.Matters.Act.on(m.matter(), "rule", input, 7, key))))).limit(6).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Answer.Done other = returnedTwice();
        hall.done(hall.dispatcher, other.matter(), "rule", input, 7);
        assertThat(history(other).getLast().paper().orElseThrow()).endsWith("〕2号");
    }

    @Test
    void numbersRulingsOfACentreOneAfterTheOther() {
        List<String> papers = Stream.of(returnedTwice(), returnedTwice()).map(m -> {
            hall.done(hall.dispatcher, m.matter(), "rule", Map.of("lead", hall.works.id().toString(), "ruling", "归住建"), 7);
            return history(m).getLast().paper().orElseThrow();
        }).toList();
        assertThat(papers.getFirst()).endsWith("〕1号");
        assertThat(papers.getLast()).endsWith("〕2号");
    }

    @Test
    void beginsToCountAgainWhenTheReporterHasItOpenedAgain() {
        Answer.Done m = returnedTwice();
        hall.done(hall.dispatcher, m.matter(), "rule", Map.of("lead", hall.works.id().toString(), "ruling", "归住建"), 7);
        hall.done(hall.handler, m.matter(), "accept", Map.of(), 8);
        hall.done(hall.handler, m.matter(), "handle", Map.of("done", "修好"), 9);
        hall.done(hall.handler, m.matter(), "answer", Map.of("answer", "修好"), 10);
        hall.done(hall.verifier, m.matter(), "verify", Map.of("asked", "no-contact", "outcome", "resolved"), 11);
        hall.done(new Actor.Resident(m.matter(), 1), m.matter(), "reopen", Map.of("reason", "又坏了"), 12);
        assertThat(next(hall.dispatcher, m)).contains("assign").doesNotContain("rule");
    }

    @Test
    void rulesFromAboveButNeverFromNextDoor() {
        Answer.Done m = returnedTwice();
        assertThat(next(hall.supervisor, m)).contains("rule");
        assertThat(codes(hall.act(hall.verifier, m.matter(), "rule", Map.of("lead", hall.police.id().toString(), "ruling", "不归核查"), 7)))
                .containsExactly("not-allowed");
        for (Actor.Staff other : List.of(hall.handler, hall.neighbourDispatcher)) {
            assertThatThrownBy(() -> hall.act(other, m.matter(), "rule", Map.of("lead", hall.police.id().toString(), "ruling", "甩出去"), 7))
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void chargesEachUnitTheTimeThatItHadAndAddsUpToTheWholeLife() {
        Answer.Done m = returnedTwice();
        List<Charge> charges = Acting.as(hall.supervisor, () -> views.charges(m.matter()));
        assertThat(charges).extracting(charge -> charge.unit().orElse("")).contains(hall.centre.name(), hall.works.name(), hall.police.name());
        MatterViews.MatterView matter = Acting.as(hall.supervisor, () -> views.get(m.matter()));
        Duration sum = charges.stream().map(Charge::time).reduce(Duration.ZERO, Duration::plus);
        Duration life = Duration.between(matter.recordedAt(), java.time.Instant.now(java.time.Clock.systemUTC()));
        assertThat(sum).isLessThanOrEqualTo(life).isGreaterThan(life.minusSeconds(5));
    }

    @Test
    void showsChargesToNobodyElse() {
        Answer.Done m = returnedTwice();
        assertThat(Acting.as(hall.neighbourDispatcher, () -> views.charges(m.matter()))).isEmpty();
    }

    private List<MatterViews.HistoryItem> history(Answer.Done m) {
        return Acting.as(hall.dispatcher, () -> views.history(m.matter()));
    }

    static List<String> codes(Answer answer) {
        return answer instanceof Answer.Refused refused ? refused.refusals().stream().map(Refusal::code).toList() : List.of(answer.toString());
    }
}
