package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.log.Packed;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.ClockView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to the limits of a matter while people act on it. */
@HeshiTest
class ClocksOfAMatterTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    Calendar calendar;
    @Autowired
    Clocks running;
    @Autowired
    Procedures procedures;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    @Qualifier("follower")
    JdbcClient follower;
    @Autowired
    @Qualifier("follower")
    TransactionTemplate followers;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private List<ClockView> clocks(Actor who, Answer.Done matter) {
        return Acting.as(who, () -> views.get(matter.matter())).clocks();
    }

    private List<Running> rows(Answer.Done matter) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select * from matters.clock where matter = ? order by name")
                .param(matter.matter()).query((r, _) -> Running.of(r)).list()));
    }

    private Running row(Answer.Done matter, String name) {
        return rows(matter).stream().filter(clock -> clock.name().equals(name)).findFirst().orElseThrow();
    }

    /** What the entries say of clocks: number of the entry, what happened, which. */
    private List<String> told(Answer.Done matter) {
        JsonMapper json = JsonMapper.builder().build();
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select e.seq, " + Packed.COLUMNS + " from matters.entry e where e.matter = ? order by e.seq")
                .param(matter.matter()).query((r, _) -> {
                    int seq = r.getInt("seq");
                    return json.readTree(Packed.content(r)).path("clocks").valueStream()
                            .map(c -> seq + " " + c.path("what").asString() + " " + c.path("name").asString()).toList();
                }).list())).stream().flatMap(List::stream).toList();
    }

    private Answer.Done assigned(String kind) {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", kind, "category", "01", "level", "blue"), 2);
        Map<String, Object> input = new java.util.HashMap<>(Map.of("lead", hall.police.id().toString(), "reason", "归公安"));
        if (kind.equals("petition")) {
            input.putAll(Map.of("sort", "claim", "manner", "forwarded"));
        }
        return hall.done(hall.dispatcher, m.matter(), "assign", input, 3);
    }

    @Test
    void runUnderTheStepsOfTheWayAndEndWithEach() {
        Answer.Done m = hall.report();
        assertThat(clocks(hall.dispatcher, m)).extracting(ClockView::name).containsExactly("confirm");
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        assertThat(clocks(hall.dispatcher, m)).extracting(ClockView::name).containsExactly("sort");
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "01", "level", "blue"), 2);
        assertThat(clocks(hall.dispatcher, m)).extracting(ClockView::name).containsExactlyInAnyOrder("dispatch", "total");
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "归公安"), 3);
        assertThat(clocks(hall.dispatcher, m)).extracting(ClockView::name).containsExactlyInAnyOrder("sign", "total");
        hall.done(hall.policeHead, m.matter(), "accept", Map.of(), 4);
        assertThat(clocks(hall.dispatcher, m)).extracting(ClockView::name).containsExactly("total");
        hall.done(hall.policeHead, m.matter(), "handle", Map.of("done", "修好"), 5);
        hall.done(hall.policeHead, m.matter(), "answer", Map.of("answer", "已修好"), 6);
        assertThat(clocks(hall.dispatcher, m)).extracting(ClockView::name).containsExactly("check");
        hall.done(hall.verifier, m.matter(), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"), 7);
        assertThat(clocks(hall.dispatcher, m)).isEmpty();
        assertThat(rows(m)).as("a clock that is over has no row").isEmpty();
        assertThat(told(m)).containsExactly("1 started confirm", "2 satisfied confirm", "2 started sort", "3 satisfied sort", "3 started total",
                "3 started dispatch", "4 satisfied dispatch", "4 started sign", "5 satisfied sign", "7 satisfied total", "7 started check", "8 satisfied check");
    }

    @Test
    void areDueByTheStoredLimitAndBindTheUnitThatHasTheMatter() {
        Answer.Done m = assigned("service");
        Running total = row(m, "total");
        assertThat(total.dueAt()).isEqualTo(calendar.due(Limit.parse("7 DAY"), total.startedAt(), ServiceHours.ALWAYS).at());
        assertThat(total.unit()).isEqualTo(hall.police.id());
        Running sign = row(m, "sign");
        assertThat(sign.dueAt()).isEqualTo(calendar.due(Limit.parse("1 WORKDAY"), sign.startedAt(), ServiceHours.ALWAYS).at());
        assertThat(sign.nextAt()).isAfterOrEqualTo(sign.dueAt());

        hall.done(hall.dispatcher, m.matter(), "reassign", Map.of("lead", hall.works.id().toString(), "reason", "归住建"), 4);
        Running again = row(m, "sign");
        assertThat(again.run()).isEqualTo(5);
        assertThat(again.unit()).isEqualTo(hall.works.id());
        assertThat(told(m)).endsWith("5 ended sign", "5 started sign");
        assertThat(row(m, "total").unit()).isEqualTo(hall.works.id());
        assertThat(row(m, "total").dueAt()).as("the whole term is nobody's to start anew").isEqualTo(total.dueAt());
    }

    @Test
    void standStillOnceForAReasonAndGoOnByTheDaysBetween() {
        Answer.Done m = assigned("service");
        hall.done(hall.policeHead, m.matter(), "accept", Map.of(), 4);
        Actor.Resident reporter = new Actor.Resident(m.matter(), 1);
        assertThat(Acting.as(hall.policeHead, () -> views.nextActions(m.matter()))).extracting("name").contains("pause").doesNotContain("resume");
        hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "appraisal", "words", "等检测报告"), 5);

        ClockView seen = clocks(reporter, m).getFirst();
        assertThat(seen.tone()).isEqualTo("paused");
        assertThat(seen.paused()).hasValueSatisfying(words -> assertThat(words.zh()).isEqualTo("等待鉴定、检测"));
        assertThat(row(m, "total").nextAt()).isNull();
        assertThat(hall.act(hall.policeHead, m.matter(), "pause", Map.of("reason", "party", "words", "再等"), 6))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("clock-paused-already"));
        assertThat(Acting.as(hall.policeHead, () -> views.nextActions(m.matter()))).extracting("name").contains("resume").doesNotContain("pause");

        hall.done(hall.policeHead, m.matter(), "resume", Map.of(), 6);
        Running total = row(m, "total");
        assertThat(total.pauses()).hasSize(1);
        assertThat(total.nextAt()).isNotNull();
        assertThat(total.dueAt()).isEqualTo(calendar.due(total.length(), total.startedAt(), total.hours(), total.pauses()).at());
        assertThat(hall.act(hall.policeHead, m.matter(), "resume", Map.of(), 7)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void goOnWhenTheMatterLeavesTheUnitThatLetThemStandStill() {
        Answer.Done m = assigned("service");
        hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "party", "words", "等当事人"), 4);
        hall.done(hall.policeHead, m.matter(), "return", Map.of("reason", "不归公安"), 5);
        Running returned = row(m, "total");
        assertThat(returned.paused()).isFalse();
        assertThat(returned.unit()).isNull();
        assertThat(returned.pauses()).hasSize(1);
        assertThat(returned.nextAt()).isNotNull();
        assertThat(told(m)).contains("6 resumed total");

        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "归公安"), 6);
        hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "party", "words", "等当事人"), 7);
        hall.done(hall.dispatcher, m.matter(), "reassign", Map.of("lead", hall.works.id().toString(), "reason", "归住建"), 8);
        Running reassigned = row(m, "total");
        assertThat(reassigned.paused()).isFalse();
        assertThat(reassigned.unit()).isEqualTo(hall.works.id());
        assertThat(reassigned.pauses()).hasSize(2);
    }

    @Test
    void runForAPartThatWasSplitOffAsIfItHadBeenRegistered() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        Running before = row(m, "sort");
        Answer.Done split = hall.done(hall.dispatcher, m.matter(), "split", Map.of("part-title", "另一件事", "part-description", "井盖也坏了"), 2);
        MatterNumber number = split.made().orElseThrow();
        Answer.Done part = new Answer.Done(Acting.as(hall.dispatcher, () -> views.find(number)).orElseThrow(), number, 1, "registered", Optional.empty(),
                Optional.empty(), true);
        assertThat(rows(part)).extracting(Running::name).containsExactly("sort");
        assertThat(told(part)).containsExactly("1 started sort");
        assertThat(row(m, "sort")).as("what it was split from is still to be sorted by then").isEqualTo(before);
    }

    @Test
    void areExtendedOnceByTheCentreAndByNoMoreThanTheProcedureSays() {
        Answer.Done m = assigned("service");
        Instant before = row(m, "total").dueAt();
        assertThat(hall.act(hall.dispatcher, m.matter(), "extend-term", Map.of("days", "16", "reason", "材料未到"), 4))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("clock-extension-days"));
        hall.done(hall.dispatcher, m.matter(), "extend-term", Map.of("days", "10", "reason", "材料未到"), 4);
        assertThat(row(m, "total").dueAt()).isEqualTo(before.plusSeconds(10 * 86_400L));
        assertThat(hall.act(hall.dispatcher, m.matter(), "extend-term", Map.of("days", "1", "reason", "还要"), 5))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("clock-extended-already"));
    }

    @Test
    void areShownWithTheirArticleToWhoMaySeeTheMatterOnly() {
        Answer.Done m = assigned("petition");
        assertThat(clocks(hall.policeHead, m)).anySatisfy(clock -> {
            assertThat(clock.name()).isEqualTo("notice");
            assertThat(clock.basis()).extracting("law", "article").containsExactly(org.assertj.core.groups.Tuple.tuple("信访工作条例", "第二十三条"));
        });
        for (Actor stranger : List.of(hall.handler, hall.neighbourDispatcher, new Actor.Resident(Uuid7.at(Instant.EPOCH), 1), new Actor.Passerby())) {
            Integer seen = Acting.as(stranger, () -> transactions.execute(_ -> jdbc.sql("select count(*) from matters.clock where matter = ?")
                    .param(m.matter()).query(Integer.class).single()));
            assertThat(seen).as(stranger.toString()).isZero();
        }
    }

    @Test
    void leaveAnEntryThatSaysWhatBecameOfThem() {
        Answer.Done m = assigned("service");
        String content = Acting.as(hall.dispatcher, () -> transactions.execute(_ -> jdbc.sql("select " + Packed.COLUMNS + " from matters.entry e where e.matter = ? and e.seq = 4")
                .param(m.matter()).query((r, _) -> Packed.content(r)).single()));
        assertThat(content).contains("\"clocks\":[").contains("\"what\":\"satisfied\"").contains("\"name\":\"sign\",\"run\":4,\"what\":\"started\"");
    }

    @Test
    void areToldFromTheLogAloneForWhoTakesTheMatterIn() {
        Answer.Done m = assigned("service");
        hall.done(hall.policeHead, m.matter(), "accept", Map.of(), 4);
        hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "party", "words", "等当事人"), 5);
        hall.done(hall.policeHead, m.matter(), "resume", Map.of(), 6);
        hall.done(hall.dispatcher, m.matter(), "extend-term", Map.of("days", "10", "reason", "材料未到"), 7);
        hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "organ", "words", "等鉴定"), 8);
        assertThat(row(m, "total").paused()).isTrue();
        assertThat(fromLog(m.matter())).containsExactlyInAnyOrderElementsOf(rows(m));
    }

    private List<Running> fromLog(UUID matter) {
        JsonMapper json = JsonMapper.builder().build();
        List<Clocks.Logged> entries = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("""
                select e.seq, e.kind, e.procedure, %s from matters.entry e where e.matter = ? order by e.seq
                """.formatted(Packed.COLUMNS)).param(matter).query((r, _) -> {
            JsonNode content = json.readTree(Packed.content(r));
            return new Clocks.Logged(r.getInt("seq"), procedures.version(r.getString("kind"), r.getInt("procedure")),
                    r.getTimestamp("recorded_at").toInstant(), map(json, content.path("data")),
                    content.path("clocks").valueStream().map(c -> map(json, c)).toList());
        }).list()));
        return running.fromLog(entries, 0, relation -> relation.equals("lead") ? hall.police.id() : hall.centre.id(), Instant.now(java.time.Clock.systemUTC()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonMapper json, JsonNode node) {
        return node.isObject() ? json.treeToValue(node, Map.class) : Map.of();
    }

    @Test
    void endTheTimeInWhichAUnitMaySendAMatterBack() {
        Answer.Done m = assigned("service");
        UUID id = m.matter();
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                update matters.clock set started_at = started_at - interval '10 days', due_at = due_at - interval '10 days', next_at = null
                where matter = ? and name = 'sign'""").param(id).update()));
        assertThat(clocks(hall.policeHead, m).getFirst().tone()).isEqualTo("over");
        assertThat(Acting.as(hall.policeHead, () -> views.nextActions(id))).extracting("name").contains("accept").doesNotContain("return");
        assertThat(hall.act(hall.policeHead, id, "return", Map.of("reason", "不归我们"), 4))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("clock-over"));
        hall.done(hall.policeHead, id, "accept", Map.of(), 4);
    }

    @Test
    void areReadAnewWhenWordIsGivenOfThemAtThatMoment() throws Exception {
        Answer.Done m = assigned("service");
        Thread head = Thread.ofPlatform().unstarted(() -> hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "party", "words", "等当事人"), 4));
        followers.executeWithoutResult(_ -> {
            follower.sql("update matters.clock set said = 1 where matter = ? and name = 'total'").param(m.matter()).update();
            head.start();
            // it has read the row as it was, and waits for this one
            long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < until && follower.sql("select count(*) from pg_locks where not granted").query(Integer.class).single() == 0) {
                Thread.onSpinWait();
            }
        });
        head.join();
        assertThat(row(m, "total").paused()).isTrue();
        assertThat(row(m, "total").said()).as("what was said meanwhile").isEqualTo(1);
    }

    @Test
    void areTheProgramsOwnBusinessAndNotAnAdministrators() {
        Answer.Done m = assigned("service");
        org.heshi.directory.HeldPost held = hall.dispatcher.held();
        Actor.Staff administrator = new Actor.Staff(new org.heshi.directory.HeldPost(held.post(), held.title(), held.person(), held.personName(), held.unit(),
                held.unitName(), held.unitType(), held.division(), java.util.Set.of(org.heshi.directory.Role.ADMINISTRATOR), held.standIn()));
        assertThat(Acting.as(hall.dispatcher, () -> views.find(m.number()))).isPresent();
        assertThat(Acting.as(administrator, () -> views.find(m.number()))).isEmpty();
    }
}
