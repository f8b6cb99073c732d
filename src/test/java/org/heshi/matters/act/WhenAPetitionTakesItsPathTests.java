package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Unit;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.ClockView;
import org.heshi.matters.view.MatterViews.MatterView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A petition on every branch of its statutory path; the county's police leads, the prefecture's organ reviews, the province's re-reviews. */
@HeshiTest
class WhenAPetitionTakesItsPathTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    Hall hall;
    UUID matter;
    Actor.Resident petitioner;

    @BeforeEach
    void aPetitionThatArrived() {
        hall = new Hall(context);
        arrives(Map.of());
    }

    private void arrives(Map<String, Object> more) {
        Answer.Done reported = hall.report(more);
        matter = reported.matter();
        petitioner = new Actor.Resident(matter, 1);
        Actor desk = more.containsKey("accused") ? hall.organDispatcher : hall.dispatcher;
        does(desk, "confirm", Map.of());
        does(desk, "sort", Map.of("kind", "petition", "category", "01", "level", "blue"));
    }

    private int version() {
        return Acting.as(new Actor.Machine("test"), () -> views.get(matter)).version();
    }

    private MatterView seen() {
        return Acting.as(new Actor.Machine("test"), () -> views.get(matter));
    }

    private String state() {
        return seen().state().name();
    }

    private void does(Actor who, String action, Map<String, Object> input) {
        hall.done(who, matter, action, input, version());
    }

    private List<String> refused(Actor who, String action, Map<String, Object> input) {
        Answer answer = hall.act(who, matter, action, input, version());
        assertThat(answer).as(action).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).refusals().stream().map(r -> (r.field() + " " + r.code()).strip()).toList();
    }

    private List<String> next(Actor who) {
        return Acting.as(who, () -> views.nextActions(matter)).stream().map(Action::name).toList();
    }

    private List<String> clocks() {
        return seen().clocks().stream().map(ClockView::name).sorted().toList();
    }

    private static Map<String, Object> to(Unit lead) {
        return Map.of("lead", lead.id().toString(), "reason", "职责所在", "sort", "claim", "manner", "forwarded");
    }

    private void assigned() {
        does(hall.dispatcher, "assign", to(hall.police));
    }

    private void accepted() {
        assigned();
        does(hall.policeHead, "accept", Map.of("notice", "决定受理"));
    }

    private static final Map<String, Object> OPINION = Map.of("requests", "要求修路灯", "facts", "灯坏三天", "opinion", "explained", "answer", "已列入计划",
            "ground", "城市道路照明管理规定", "told", "true");

    private void answered() {
        accepted();
        does(hall.policeHead, "handle", Map.of("done", "到现场核实"));
        does(hall.policeHead, "answer", OPINION);
    }

    private void replied() {
        answered();
        verified("explained");
    }

    private void verified(String outcome) {
        does(hall.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", outcome));
    }

    private static Map<String, Object> decision(String outcome) {
        return Map.of("outcome", outcome, "facts", "经复查查明", "answer", "意见如下", "ground", "信访工作条例", "told", "true");
    }

    private void reviewed(String outcome) {
        replied();
        does(petitioner, "ask-review", Map.of("reason", "灯还是不亮"));
        does(hall.dispatcher, "assign-review", Map.of("lead", hall.above.id().toString()));
        does(hall.aboveHead, "review-decide", decision(outcome));
    }

    /** Moves what runs so far back that the limit was over a moment ago. */
    private void isOver(String clock) {
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> assertThat(jdbc.sql("""
                update matters.clock set started_at = started_at - (due_at - now()) - interval '1 second', due_at = now() - interval '1 second', warn_at = null
                where matter = ? and name = ?""").param(matter).param(clock).update()).isOne()));
    }

    // ---- routing

    @Test
    void isRoutedWithItsSortAndManner() {
        assertThat(refused(hall.dispatcher, "assign", Map.of("lead", hall.police.id().toString(), "reason", "x")))
                .containsExactlyInAnyOrder("sort required", "manner required");
        assertThat(refused(hall.dispatcher, "assign", Map.of("lead", hall.police.id().toString(), "reason", "x", "sort", "claim", "manner", "assigned")))
                .containsExactly("term required");
        assigned();
        assertThat(state()).isEqualTo("assigned");
        assertThat(clocks()).containsExactly("notice", "sign");
    }

    @Test
    void isAssignedWithATermAndTheResultComesBackToTheDeskAlone() {
        Map<String, Object> input = new HashMap<>(to(hall.police));
        input.putAll(Map.of("manner", "assigned", "term", "d30"));
        does(hall.dispatcher, "assign", input);
        assertThat(clocks()).containsExactly("notice", "result", "sign");
        does(hall.policeHead, "accept", Map.of("notice", "决定受理"));
        does(hall.policeHead, "report-result", Map.of("report", "已办结，附报告"));
        assertThat(clocks()).containsExactly("total");
        assertThat(Acting.as(hall.dispatcher, () -> views.history(matter))).extracting("action").contains("report-result");
        assertThat(Acting.as(petitioner, () -> views.history(matter))).extracting("action").doesNotContain("report-result");
    }

    @Test
    void staysWithTheOrganThatObjectsUntilTheDeskHasVerified() {
        assigned();
        does(hall.policeHead, "return", Map.of("reason", "路灯归住建部门"));
        assertThat(state()).isEqualTo("objected");
        assertThat(seen().lead()).map(Unit::id).contains(hall.police.id());
        assertThat(next(hall.policeHead)).doesNotContain("accept", "return");
        assertThat(next(hall.dispatcher)).contains("agree-return", "refuse-return").doesNotContain("assign", "rekind", "merge", "rule");

        does(hall.dispatcher, "refuse-return", Map.of("reason", "三定方案写明由你单位负责"));
        assertThat(state()).isEqualTo("bound");
        assertThat(seen().lead()).map(Unit::id).contains(hall.police.id());
        assertThat(next(hall.policeHead)).contains("accept", "accept-simple", "not-accept").doesNotContain("return");
        for (Actor reader : List.of(hall.policeHead, petitioner)) {
            assertThat(Acting.as(reader, () -> views.history(matter)).getLast().shown()).extracting("value").contains("三定方案写明由你单位负责");
        }
    }

    @Test
    void goesToAnotherOrganWhenTheDeskAgrees() {
        assigned();
        does(hall.policeHead, "return", Map.of("reason", "路灯归住建部门"));
        does(hall.dispatcher, "agree-return", Map.of("reason", "确不属公安"));
        assertThat(state()).isEqualTo("registered");
        assertThat(seen().lead()).isEmpty();
        does(hall.dispatcher, "assign", to(hall.works));
        assertThat(next(hall.handler)).contains("return", "accept");
    }

    @Test
    void isNotObjectedToOnTheSixthWorkingDay() {
        assigned();
        isOver("sign");
        assertThat(refused(hall.policeHead, "return", Map.of("reason", "不是我们"))).containsExactly("clock-over");
        assertThat(next(hall.policeHead)).doesNotContain("return").contains("accept", "not-accept");
    }

    @Test
    void isRuledOnAfterTwoObjectionsThatWereAgreedTo() {
        assigned();
        does(hall.policeHead, "return", Map.of("reason", "归住建"));
        does(hall.dispatcher, "agree-return", Map.of("reason", "同意"));
        does(hall.dispatcher, "assign", to(hall.works));
        does(hall.handler, "return", Map.of("reason", "归公安"));
        does(hall.dispatcher, "agree-return", Map.of("reason", "同意"));
        assertThat(next(hall.dispatcher)).contains("rule").doesNotContain("assign");
        does(hall.dispatcher, "rule", Map.of("lead", hall.works.id().toString(), "ruling", "照明设施由住建负责"));
        assertThat(state()).isEqualTo("assigned");
        assertThat(clocks()).contains("notice");
        assertThat(next(hall.handler)).doesNotContain("return").contains("accept");
    }

    // ---- taken on or not

    @ParameterizedTest
    @CsvSource({"court", "arbitration", "reconsideration", "discipline", "other"})
    void isRefusedInWritingWithTheWayToTakeInstead(String way) {
        assigned();
        assertThat(refused(hall.policeHead, "not-accept", Map.of("answer", "不予受理")))
                .containsExactlyInAnyOrder("way required", "instead required", "ground required");
        does(hall.policeHead, "not-accept", Map.of("answer", "属于诉讼请求", "way", way, "instead", "县人民法院立案庭", "ground", "信访工作条例第三十一条"));
        assertThat(state()).isEqualTo("not-accepted");
        assertThat(Acting.as(petitioner, () -> views.history(matter)).getLast().shown()).extracting("value").contains("县人民法院立案庭", "信访工作条例第三十一条");
        assertThat(next(hall.policeHead)).doesNotContain("verify-notice");
        does(hall.verifier, "verify-notice", Map.of("asked", "records", "outcome", "not-ours"));
        assertThat(state()).isEqualTo("closed");
        assertThat(seen().outcome()).contains("not-ours");
    }

    @Test
    void isRefusedByTheDeskItselfAndSentBackByTheCheck() {
        does(hall.dispatcher, "not-accept", Map.of("answer", "属于劳动争议", "way", "arbitration", "instead", "县劳动人事争议仲裁院", "ground", "劳动争议调解仲裁法"));
        does(hall.verifier, "redo-notice", Map.of("reason", "没有写明仲裁时效"));
        assertThat(state()).isEqualTo("bound");
        assertThat(seen().lead()).map(Unit::id).contains(hall.centre.id());
        assertThat(clocks()).containsExactly("notice");
    }

    @Test
    void isHandledSimplyOrTurnedIntoTheOrdinaryProcedure() {
        assigned();
        assertThat(refused(hall.policeHead, "accept-simple", Map.of("notice", "x", "why", "clear"))).containsExactly("first required");
        does(hall.policeHead, "accept-simple", Map.of("notice", "十个工作日内答复", "why", "clear", "first", "true"));
        assertThat(state()).isEqualTo("simple");
        assertThat(clocks()).containsExactly("simple", "total");
        does(hall.policeHead, "make-ordinary", Map.of("reason", "需要勘查"));
        assertThat(clocks()).containsExactly("total");
        assertThat(state()).isEqualTo("accepted");
    }

    @Test
    void isAnsweredAsASuggestionWithoutReview() {
        assigned();
        does(hall.policeHead, "accept-suggestion", Map.of("notice", "感谢建议"));
        assertThat(clocks()).containsExactly("feedback");
        does(hall.policeHead, "answer-suggestion", Map.of("adopted", "adopted", "answer", "已采纳，下月实施"));
        does(hall.verifier, "verify-notice", Map.of("asked", "asked", "outcome", "adopted"));
        assertThat(state()).isEqualTo("closed");
        assertThat(next(petitioner)).doesNotContain("ask-review");
    }

    @Test
    void isAnsweredAsAComplaintAboutConductToTheComplainantAlone() {
        arrives(Map.of("about-office", "true", "accused", hall.police.id().toString()));
        Map<String, Object> input = new HashMap<>(to(hall.works));
        input.put("sort", "conduct");
        for (Unit barred : List.of(hall.police, hall.station)) {
            input.put("lead", barred.id().toString());
            assertThat(refused(hall.organDispatcher, "assign", input)).contains("lead unit-accused");
        }
        input.put("lead", hall.works.id().toString());
        does(hall.organDispatcher, "assign", input);
        does(hall.handler, "accept-conduct", Map.of("notice", "已受理"));
        assertThat(state()).isEqualTo("inquired");
        does(hall.handler, "answer-conduct", Map.of("finding", "found", "answer", "已约谈"));
        assertThatThrownBy(() -> Acting.as(hall.policeHead, () -> views.get(matter))).isInstanceOf(NoSuchElementException.class);
    }

    // ---- handling

    @Test
    void isExtendedByTheHeadOnceAndNotWhenTheTermIsOver() {
        accepted();
        assertThat(next(hall.dispatcher)).doesNotContain("extend", "extend-term", "pause");
        assertThat(refused(hall.policeHead, "extend", Map.of("days", "31", "reason", "复杂"))).contains("days too-great");
        assertThat(refused(hall.policeHead, "extend", Map.of("days", "30"))).containsExactly("reason required");
        does(hall.policeHead, "extend", Map.of("days", "30", "reason", "案情复杂"));
        assertThat(Acting.as(petitioner, () -> views.history(matter)).getLast().shown()).extracting("value").contains("案情复杂");
        assertThat(refused(hall.policeHead, "extend", Map.of("days", "1", "reason", "还要"))).containsExactly("clock-extended-already");
    }

    @Test
    void isNotExtendedAfterItsTerm() {
        accepted();
        isOver("total");
        assertThat(refused(hall.policeHead, "extend", Map.of("days", "10", "reason", "复杂"))).containsExactly("clock-over");
    }

    @Test
    void hasFiveRepresentativesAtMost() {
        assigned();
        for (int i = 1; i <= 5; i++) {
            does(i % 2 == 0 ? hall.dispatcher : hall.policeHead, "representative", Map.of("name", "代表" + i));
        }
        assertThat(next(hall.dispatcher)).doesNotContain("representative");
        assertThat(refused(hall.dispatcher, "representative", Map.of("name", "第六人"))).hasSize(1);
        assertThat(Acting.as(hall.policeHead, () -> views.get(matter)).parties()).hasSize(6);
    }

    @Test
    void isKeptFromAnOfficialWithAnInterest() {
        does(hall.dispatcher, "assign", to(hall.works));
        assertThat(next(petitioner)).contains("ask-avoid");
        does(petitioner, "ask-avoid", Map.of("words", "经办人是施工队老板的弟弟"));
        assertThat(Acting.as(hall.handler, () -> views.get(matter)).id()).isEqualTo(matter);
        does(hall.dispatcher, "avoid", Map.of("post", hall.handler.post().toString(), "reason", "经核实有利害关系"));
        for (Actor same : List.of(hall.handler, hall.bothSides)) {
            assertThatThrownBy(() -> Acting.as(same, () -> views.get(matter))).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(Acting.as(hall.otherHandler, () -> views.get(matter)).id()).isEqualTo(matter);
        assertThat(Acting.as(hall.otherHandler, () -> views.queueCounts())).extracting("count").containsExactly(1);
        assertThat(Acting.as(hall.handler, () -> views.queueCounts())).as("not even that there is one").isEmpty();
        does(hall.otherHandler, "accept", Map.of("notice", "决定受理"));
    }

    @Test
    void keepsNobodyOutWhenTheHeadFindsNoInterest() {
        assigned();
        assertThat(next(hall.policeHead)).doesNotContain("refuse-avoid");
        does(petitioner, "ask-avoid", Map.of("words", "他态度不好"));
        does(hall.policeHead, "refuse-avoid", Map.of("reason", "没有利害关系"));
        assertThat(next(hall.policeHead)).doesNotContain("refuse-avoid");
        assertThat(Acting.as(petitioner, () -> views.history(matter)).getLast().shown()).extracting("value").contains("没有利害关系");
    }

    @Test
    void isHeardAtATimeAndPlaceThatThePetitionerReads() {
        accepted();
        assertThat(next(hall.policeHead)).contains("hearing").doesNotContain("hearing-held");
        does(hall.policeHead, "hearing", Map.of("at", "2099-02-28T09:30", "place", "县信访局二楼听证室"));
        assertThat(Acting.as(petitioner, () -> views.history(matter)).getLast().shown()).extracting("value")
                .anySatisfy(value -> assertThat(value.toString()).contains("2099")).contains("县信访局二楼听证室");
        assertThat(refused(hall.policeHead, "hearing", Map.of("at", "2099-02-29T09:30", "place", "x"))).isNotEmpty();
        does(hall.policeHead, "hearing-held", Map.of("held", "held", "record", "双方陈述完毕"));
        assertThat(next(hall.policeHead)).doesNotContain("hearing-held").contains("hearing");
        assertThat(clocks()).containsExactly("total");
        assertThat(refused(hall.policeHead, "hearing", Map.of("at", "2099-02-29T09:30", "place", "没有这一天"))).containsExactly("at not-a-time");
    }

    // ---- reply

    @Test
    void isRepliedToWithEverythingThatAnOpinionMustSay() {
        accepted();
        does(hall.policeHead, "handle", Map.of("done", "到现场核实"));
        assertThat(refused(hall.policeHead, "answer", Map.of())).containsExactlyInAnyOrder("requests required", "facts required", "opinion required",
                "answer required", "ground required", "told required");
        assertThat(refused(hall.policeHead, "answer", with(OPINION, "told", "false"))).containsExactly("told must-confirm");
        does(hall.policeHead, "answer", OPINION);
        assertThat(next(petitioner)).doesNotContain("ask-review", "content");
        verified("explained");
        assertThat(state()).isEqualTo("replied");
        assertThat(seen().outcome()).contains("explained");
        assertThat(seen().closedAt()).isEmpty();
        assertThat(next(petitioner)).contains("ask-review", "content", "rate");
        assertThat(clocks()).containsExactly("review-right");
    }

    private static Map<String, Object> with(Map<String, Object> some, String key, Object value) {
        Map<String, Object> all = new HashMap<>(some);
        all.put(key, value);
        return all;
    }

    @Test
    void isClosedWhenThePetitionerIsContent() {
        replied();
        does(petitioner, "content", Map.of());
        assertThat(state()).isEqualTo("closed");
        assertThat(seen().outcome()).as("that of the reply").contains("explained");
        assertThat(clocks()).isEmpty();
    }

    @Test
    void isClosedWithItsReplyWhenNobodyAskedForReview() throws InterruptedException {
        replied();
        isOver("review-right");
        assertThat(refused(petitioner, "ask-review", Map.of("reason", "第三十一天"))).containsExactly("clock-over");
        long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!state().equals("closed") && System.nanoTime() < until) {
            Thread.sleep(200);
        }
        assertThat(state()).isEqualTo("closed");
        assertThat(seen().outcome()).contains("explained");
        assertThat(Acting.as(petitioner, () -> views.history(matter)).getLast().action()).isEqualTo("lapse");
    }

    @Test
    void lapsesHoweverManyTimesAreOverIntoWhichNothingLapses() throws InterruptedException {
        replied();
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into matters.clock (matter, name, run, kind, procedure, relation, unit, length, hours, started_at, due_at, provisional, edition, pauses,
                                           extended, extended_days, said, owed)
                select matter, 'none-' || n, run, kind, procedure, relation, unit, length, hours, started_at - interval '90 days', due_at - interval '90 days',
                       provisional, edition, pauses, extended, extended_days, said, owed
                from matters.clock, generate_series(1, 450) as n where matter = ? and name = 'review-right'""").param(matter).update()));
        isOver("review-right");
        long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!stored().equals("closed") && System.nanoTime() < until) {
            Thread.sleep(200);
        }
        assertThat(stored()).isEqualTo("closed");
    }

    /** The state as the row has it: the view knows no clocks that no procedure describes. */
    private String stored() {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select state from matters.matter where id = ?").param(matter)
                .query(String.class).single()));
    }

    @Test
    void isLapsedByNobodyButTheProgram() {
        replied();
        for (Actor who : List.of(hall.dispatcher, hall.policeHead, hall.verifier, petitioner, new Actor.Machine("relay"))) {
            assertThat(refused(who, "lapse", Map.of())).containsExactly("not-allowed");
        }
    }

    // ---- review and re-review

    @Test
    void isReviewedByAnOrganAboveAndNeverByWhoReplied() {
        replied();
        does(petitioner, "ask-review", Map.of("reason", "灯还是不亮"));
        assertThat(state()).isEqualTo("review");
        assertThat(clocks()).containsExactly("review", "review-send");
        for (Unit own : List.of(hall.police, hall.station, hall.works, hall.organ, hall.centre)) {
            assertThat(refused(hall.dispatcher, "assign-review", Map.of("lead", own.id().toString()))).containsExactly("lead not-above");
        }
        assertThat(refused(hall.dispatcher, "assign-review", Map.of("lead", hall.neighbour.id().toString()))).containsExactly("lead not-above");
        does(hall.dispatcher, "assign-review", Map.of("lead", hall.above.id().toString()));
        assertThat(state()).isEqualTo("reviewing");
        assertThatThrownBy(() -> Acting.as(hall.policeHead, () -> views.get(matter))).isInstanceOf(NoSuchElementException.class);
        does(hall.aboveHead, "review-decide", decision("kept"));
        assertThat(state()).isEqualTo("reviewed");
        assertThat(seen().outcome()).as("upheld").contains("explained");
        assertThat(next(petitioner)).contains("ask-recheck", "content");
    }

    @Test
    void isNeverReviewedByAnAccusedOrgan() {
        arrives(Map.of("about-office", "true", "accused", hall.works.id().toString()));
        does(hall.organDispatcher, "assign", to(hall.police));
        does(hall.policeHead, "accept", Map.of("notice", "决定受理"));
        does(hall.policeHead, "handle", Map.of("done", "核实"));
        does(hall.policeHead, "answer", OPINION);
        does(hall.organDispatcher, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "explained"));
        does(petitioner, "ask-review", Map.of("reason", "不服"));
        assertThat(refused(hall.organDispatcher, "assign-review", Map.of("lead", hall.works.id().toString()))).contains("lead unit-accused");
    }

    @Test
    void isChangedByTheReview() {
        reviewed("resolved");
        assertThat(seen().outcome()).contains("resolved");
        does(petitioner, "content", Map.of("words", "谢谢"));
        assertThat(seen().outcome()).contains("resolved");
    }

    @Test
    void isHandledAgainWhenTheReviewSaysSo() {
        replied();
        does(petitioner, "ask-review", Map.of("reason", "灯还是不亮"));
        does(hall.dispatcher, "assign-review", Map.of("lead", hall.above.id().toString()));
        does(hall.aboveHead, "review-back", Map.of("answer", "事实没有查清", "ground", "信访工作条例第三十五条"));
        assertThat(state()).isEqualTo("registered");
        assertThat(clocks()).containsExactly("dispatch");
        does(hall.dispatcher, "assign", to(hall.police));
        does(hall.policeHead, "accept", Map.of("notice", "重新办理"));
        assertThat(clocks()).containsExactly("total");
    }

    @Test
    void isObjectedToAnewWhenTheReviewSendsBackWhatWasRuledOn() {
        for (Unit unit : List.of(hall.police, hall.works)) {
            does(hall.dispatcher, "assign", to(unit));
            does(unit == hall.police ? hall.policeHead : hall.handler, "return", Map.of("reason", "不是我们"));
            does(hall.dispatcher, "agree-return", Map.of("reason", "同意"));
        }
        does(hall.dispatcher, "rule", Map.of("lead", hall.police.id().toString(), "ruling", "由公安负责"));
        does(hall.policeHead, "accept", Map.of("notice", "决定受理"));
        does(hall.policeHead, "handle", Map.of("done", "核实"));
        does(hall.policeHead, "answer", OPINION);
        verified("explained");
        does(petitioner, "ask-review", Map.of("reason", "不服"));
        does(hall.dispatcher, "assign-review", Map.of("lead", hall.above.id().toString()));
        does(hall.aboveHead, "review-back", Map.of("answer", "事实没有查清", "ground", "信访工作条例第三十五条"));
        assertThat(next(hall.dispatcher)).contains("assign").doesNotContain("rule");
        does(hall.dispatcher, "assign", to(hall.works));
        assertThat(clocks()).containsExactly("notice", "sign");
        does(hall.handler, "return", Map.of("reason", "归公安"));
        assertThat(state()).isEqualTo("objected");
    }

    @Test
    void isReviewedByAnOrganOfTheCountyWhenATownReplied() {
        County county = County.make(context);
        Way way = Way.registered(context, county, "补偿款没有到");
        way.does(county.dispatcher, "sort", Map.of("kind", "petition", "category", County.ROADS, "level", "blue"));
        way.does(county.dispatcher, "assign", to(county.centreA));
        way.does(county.townClerkA, "accept", Map.of("notice", "决定受理"));
        way.does(county.townClerkA, "handle", Map.of("done", "核实"));
        way.does(county.townClerkA, "answer", OPINION);
        way.does(county.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "explained"));
        hall.done(new Actor.Resident(way.id(), 1), way.id(), "ask-review", Map.of("reason", "不服"), Acting.as(new Actor.Machine("test"), () -> views.get(way.id())).version());
        way.does(county.dispatcher, "assign-review", Map.of("lead", county.roads.id().toString()));
        assertThat(Acting.as(new Actor.Machine("test"), () -> views.get(way.id())).state().name()).isEqualTo("reviewing");
    }

    @Test
    void demandsTheResultOfWhoRepliedAndNotOfWhoReviews() {
        Map<String, Object> input = new HashMap<>(to(hall.police));
        input.putAll(Map.of("manner", "assigned", "term", "d60"));
        does(hall.dispatcher, "assign", input);
        does(hall.policeHead, "accept", Map.of("notice", "决定受理"));
        does(hall.policeHead, "handle", Map.of("done", "核实"));
        does(hall.policeHead, "answer", OPINION);
        verified("explained");
        assertThat(clocks()).containsExactly("result", "review-right");
        does(petitioner, "ask-review", Map.of("reason", "不服"));
        does(hall.dispatcher, "assign-review", Map.of("lead", hall.above.id().toString()));
        assertThat(clocks()).containsExactly("review");
    }

    @Test
    void isHandedBackToTheHotlineInEveryStateAfterTheReply() {
        Procedure petition = context.getBean(Procedures.class).current("petition");
        assertThat(petition.findAction("hand-back").orElseThrow().from()).contains("answered", "not-accepted", "told", "replied", "review", "reviewing", "reviewed",
                "recheck", "rechecking").containsAll(petition.states().values().stream().filter(Procedure.State::terminal).map(Procedure.State::name).toList());
    }

    @Test
    void recordsAHearingThatAnotherOrganAppointedAndOneAfterTheTerm() {
        reviewed("kept");
        does(petitioner, "ask-recheck", Map.of("reason", "还是不服"));
        does(hall.dispatcher, "assign-recheck", Map.of("lead", hall.highest.id().toString()));
        Map<String, Object> hearing = Map.of("at", "2099-03-01T09:00", "place", "听证室", "reason", "asked");
        does(hall.highestHead, "recheck-hearing", hearing);
        assertThat(next(hall.highestHead)).as("two at once").doesNotContain("recheck-hearing");
        does(hall.dispatcher, "assign-recheck", Map.of("lead", hall.otherHighest.id().toString()));
        assertThat(seen().clocks()).singleElement().satisfies(clock -> assertThat(clock.tone()).isNotEqualTo("paused"));
        does(hall.otherHighestHead, "recheck-hearing-held", Map.of("held", "called-off", "record", "换了机关"));
        assertThat(next(hall.otherHighestHead)).doesNotContain("recheck-hearing-held");
        isOver("recheck");
        does(hall.otherHighestHead, "recheck-hearing", hearing);
        assertThat(seen().clocks()).singleElement().satisfies(clock -> assertThat(clock.tone()).as("what is over is not made silent").isNotEqualTo("paused"));
        does(hall.otherHighestHead, "recheck-hearing-held", Map.of("held", "held", "record", "笔录"));
        does(hall.otherHighestHead, "recheck-decide", decision("not-supported"));
    }

    @Test
    void isReReviewedByAThirdOrganAndThenEnds() {
        reviewed("kept");
        does(petitioner, "ask-recheck", Map.of("reason", "还是不服"));
        for (Unit before : List.of(hall.police, hall.organ, hall.works, hall.above)) {
            assertThat(refused(hall.dispatcher, "assign-recheck", Map.of("lead", before.id().toString()))).containsExactly("lead not-above");
        }
        does(hall.dispatcher, "assign-recheck", Map.of("lead", hall.highest.id().toString()));
        does(hall.highestHead, "recheck-hearing", Map.of("at", "2099-03-01T09:00", "place", "听证室", "reason", "asked"));
        assertThat(seen().clocks()).singleElement().satisfies(clock -> assertThat(clock.tone()).isEqualTo("paused"));
        does(hall.highestHead, "recheck-hearing-held", Map.of("held", "held", "record", "笔录"));
        does(hall.highestHead, "recheck-decide", decision("not-supported"));
        assertThat(state()).isEqualTo("ended");
        assertThat(seen().outcome()).contains("not-supported");
        assertThat(next(petitioner)).contains("rate").doesNotContain("reopen", "ask-review", "ask-recheck", "add");
    }

    @Test
    void isNotReviewedOrReReviewedAfterTheTimeToAsk() {
        reviewed("kept");
        isOver("recheck-right");
        assertThat(next(petitioner)).doesNotContain("ask-recheck");
        assertThat(refused(petitioner, "ask-recheck", Map.of("reason", "第三十一天"))).containsExactly("clock-over");
    }

    // ---- repeats, ratings

    @Test
    void isAnsweredWithTheEarlierAnswerWhenItIsARepeat() {
        replied();
        String number = seen().number().shown();
        arrives(Map.of());
        does(hall.dispatcher, "repeat", Map.of("other", number, "path", "review", "path-words", "三十日内可以请求复查"));
        assertThat(state()).isEqualTo("closed");
        assertThat(seen().outcome()).contains("repeated");
        assertThat(Acting.as(petitioner, () -> views.get(matter)).word("answer")).isEqualTo("已列入计划");
        assertThat(Acting.as(petitioner, () -> views.history(matter)).getLast().shown()).extracting("value").contains("三十日内可以请求复查");
    }

    @Test
    void addsToTheEarlierAnswerOfARepeatAndNeverReplacesIt() {
        replied();
        String number = seen().number().shown();
        arrives(Map.of());
        Map<String, Object> input = Map.of("other", number, "path", "review", "path-words", "三十日内可以请求复查", "answer", "补充：下月施工");
        String key = Hall.key();
        int before = version();
        Answer first = Acting.as(hall.dispatcher, () -> context.getBean(org.heshi.matters.Matters.class)
                .act(org.heshi.matters.Matters.Act.on(matter, "repeat", input, before, key)));
        assertThat(first).isInstanceOf(Answer.Done.class);
        assertThat(Acting.as(petitioner, () -> views.get(matter)).word("answer")).startsWith("已列入计划").endsWith("补充：下月施工");
        assertThat(Acting.as(hall.dispatcher, () -> context.getBean(org.heshi.matters.Matters.class)
                .act(org.heshi.matters.Matters.Act.on(matter, "repeat", input, before, key)))).as("sent twice it is found done").isInstanceOf(Answer.Done.class);
    }

    @Test
    void isNoRepeatOfAnotherKindNorAcrossTheWallAroundAComplaint() {
        Answer.Done service = hall.accepted();
        assertThat(refused(hall.dispatcher, "repeat", Map.of("other", service.number().shown(), "path", "review", "path-words", "复查")))
                .containsExactly("other repeat-of-another-kind");
        String plain = seen().number().shown();
        arrives(Map.of("about-office", "true", "accused", hall.police.id().toString()));
        assertThat(refused(hall.organDispatcher, "repeat", Map.of("other", plain, "path", "review", "path-words", "复查")))
                .allMatch(code -> code.equals("other merge-across-complaints") || code.equals("other unknown-matter"));
    }

    @Test
    void isRatedByThePetitionerAtEveryStep() {
        does(petitioner, "rate", Map.of("rating", "3"));
        assigned();
        does(petitioner, "rate", Map.of("rating", "4"));
        does(hall.policeHead, "accept", Map.of("notice", "决定受理"));
        does(petitioner, "rate", Map.of("rating", "1", "comment", "受理太慢"));
        assertThat(seen().rating()).contains(1);
        assertThat(state()).isEqualTo("accepted");
        assertThat(Acting.as(petitioner, () -> views.history(matter))).extracting("action").filteredOn("rate"::equals).hasSize(3);
    }
}
