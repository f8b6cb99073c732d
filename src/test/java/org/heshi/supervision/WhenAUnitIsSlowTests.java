package org.heshi.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Pdf;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reminders, orders, letters, rulings, meetings and the monthly list, as the pages show them. */
@HeshiTest
class WhenAUnitIsSlowTests {

    private static final List<String> PAGES = List.of("/supervision", "/supervision/due", "/supervision/papers", "/supervision/papers/new", "/supervision/month",
            "/supervision/month.csv", "/supervision/whistles", "/supervision/rulings", "/supervision/rules", "/supervision/meetings", "/supervision/meetings/new",
            "/supervision/rates", "/supervision/exclusions", "/supervision/exclusions/new");

    @LocalServerPort
    int port;
    @Autowired
    Papers papers;
    @Autowired
    KeptSeals seals;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    Directory directory;
    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private Way accepted(String title) {
        return Way.registered(context, county, title).sorted().assigned().accepted();
    }

    private Way returnedTwice(String title) {
        Way way = Way.registered(context, county, title).sorted().assigned();
        way.does(county.handler, "return", Map.of("reason", "不属于道路局职责"));
        way.does(county.dispatcher, "assign", Map.of("lead", county.water.id().toString(), "reason", "再试"));
        return way.does(county.waterHandler, "return", Map.of("reason", "不属于水务局职责"));
    }

    private static Map<String, Object> order() {
        return Map.of("demand", "三个工作日内拿出办法", "term", "three");
    }

    @Test
    void isRemindedByTheReporterAtNoCost() {
        Way way = accepted("催办的事");
        int version = way.version();
        Answer urged = Acting.as(new Actor.Resident(way.id(), 1), () -> matters.act(Act.on(way.id(), "urge", Map.of(), version, UUID.randomUUID().toString())));
        assertThat(urged).isInstanceOf(Answer.Done.class);
        assertThat(clock(way, "urge")).isEqualTo(county.roads.id());
        way.does(county.handler, "progress", Map.of("progress", "材料已到"));
        assertThat(jdbc.sql("select count(*) from matters.clock where matter = ? and name = 'urge'").param(way.id()).query(Long.class).single()).isZero();
        Eventually.that("the lead is told", () -> jdbc.sql("select count(*) from notices.notice where matter = ? and event = 'urged' and post = ?").param(way.id())
                .param(county.handler.post()).query(Long.class).single() == 1);
    }

    private UUID clock(Way way, String name) {
        return jdbc.sql("select unit from matters.clock where matter = ? and name = ?").param(way.id()).param(name).query(UUID.class).single();
    }

    @Test
    void getsASupervisionOrderWithANumberAndAnswersIt() {
        Way way = accepted("督办的事");
        way.does(county.supervisor, "supervise", order());
        Visitor supervisor = as(county.supervisor);
        String register = Eventually.says(() -> supervisor.get("/supervision/papers").body(), "督办的事", "督办〔");
        assertThat(register).contains(county.roads.name(), "待回复");
        Matcher paper = Pattern.compile("/matters/" + way.number().digits() + "/papers/[0-9]+").matcher(register);
        assertThat(paper.find()).isTrue();
        assertThat(as(county.handler).get(paper.group()).body()).contains("三个工作日内拿出办法", "督办〔", "还没有回复", "回复期限");
        assertThat(as(county.townSupervisorB).get(paper.group()).status()).isEqualTo(404);
        assertThat(as(county.waterHandler).get(paper.group()).status()).isEqualTo(404);
        assertThat(new Visitor(port).get(paper.group()).location()).startsWith("/sign-in");

        way.does(county.handler, "answer-order", Map.of("reply", "路基已备料，周五完工"));
        Eventually.says(() -> supervisor.get("/supervision/papers?state=replied").body(), "督办的事", "已回复");
        assertThat(supervisor.get("/supervision/papers?state=open").body()).doesNotContain("督办的事");
        assertThat(as(county.handler).get(paper.group()).body()).contains("路基已备料，周五完工");
    }

    @Test
    void getsTheOrderAsASealedPdfToo() throws Exception {
        Way way = accepted("盖章的督办");
        way.does(county.supervisor, "supervise", order());
        Visitor supervisor = as(county.supervisor);
        String register = Eventually.says(() -> supervisor.get("/supervision/papers").body(), "盖章的督办", "督办〔");
        Matcher paper = Pattern.compile("/matters/" + way.number().digits() + "/papers/[0-9]+").matcher(register);
        assertThat(paper.find()).isTrue();
        Visitor handler = as(county.handler);
        assertThat(handler.get(paper.group()).body()).doesNotContain("生成 PDF");
        assertThat(handler.post(paper.group() + "/pdf", Map.of()).status()).as("another unit's paper").isEqualTo(404);
        assertThat(supervisor.get(paper.group()).body()).contains("生成 PDF");
        Visitor.Answer unsealed = supervisor.post(paper.group() + "/pdf", Map.of());
        assertThat(unsealed.status()).as(unsealed.body()).isEqualTo(422);
        assertThat(unsealed.body()).contains("还没有电子签章证书");
        seals.make(county.actor(county.supervisor).unit(), false);
        assertThat(supervisor.post(paper.group() + "/pdf", Map.of()).status()).isEqualTo(303);
        assertThat(supervisor.post(paper.group() + "/pdf", Map.of()).status()).as("twice does no harm").isEqualTo(303);
        Matcher file = Pattern.compile("/papers/[0-9a-f-]{36}/1").matcher(handler.get(paper.group()).body());
        assertThat(file.find()).isTrue();
        Paper issued = Acting.as(county.actor(county.handler), () -> papers.of(way.id())).getFirst();
        assertThat(Acting.as(county.actor(county.handler), () -> papers.of(way.id()))).hasSize(1);
        byte[] pdf = Acting.as(county.actor(county.handler), () -> papers.bytes(issued.id(), 1)).orElseThrow();
        assertThat(Pdf.text(pdf)).contains("督办〔", county.roads.name(), "三个工作日内拿出办法", "依据:");
        assertThat(Pdf.signatures(pdf)).hasSize(1);
    }

    @Test
    void isNotOrderedByTheNeighbourNorAnswersWhatWasNotAsked() {
        Way way = accepted("不该督办的事");
        for (Member stranger : List.of(county.handler, county.clerk)) {
            Answer answer = county.as(stranger, () -> matters.act(Act.on(way.id(), "supervise", order(), way.version(), UUID.randomUUID().toString())));
            assertThat(answer).isInstanceOf(Answer.Refused.class);
        }
        Answer answer = county.as(county.handler, () -> matters.act(Act.on(way.id(), "answer-order", Map.of("reply", "没有问"), way.version(), UUID.randomUUID().toString())));
        assertThat(answer).isInstanceOf(Answer.Refused.class);
    }

    private Answer tries(Way way, Member who, String action, Map<String, Object> input) {
        int version = way.version();
        return county.as(who, () -> matters.act(Act.on(way.id(), action, input, version, UUID.randomUUID().toString())));
    }

    @Test
    void isTheDeskThatAnswersAnOrderBeforeAUnitLeads() {
        Way way = Way.registered(context, county, "没有派出去的事").sorted();
        way.does(county.supervisor, "supervise", order());
        Eventually.that("the desk is told", () -> jdbc.sql("select count(*) from notices.notice where matter = ? and event = 'supervised' and post = ?")
                .param(way.id()).param(county.dispatcher.post()).query(Long.class).single() == 1);
        assertThat(tries(way, county.clerk, "answer-order", Map.of("reply", "不归我管"))).isInstanceOf(Answer.Refused.class);
        way.does(county.dispatcher, "answer-order", Map.of("reply", "今天交办"));
        assertThat(jdbc.sql("select count(*) from matters.clock where matter = ? and name = 'supervise'").param(way.id()).query(Long.class).single()).isZero();
    }

    @Test
    void getsNoSecondOrderBeforeTheFirstIsAnsweredAndNoLongerTermBySecondLeader() {
        Way way = accepted("两次督办的事");
        way.does(county.supervisor, "supervise", order());
        assertThat(tries(way, county.supervisor, "supervise", order())).as("the first one's limit goes on").isInstanceOf(Answer.Refused.class);
        way.does(county.handler, "answer-order", Map.of("reply", "正在办")).does(county.supervisor, "supervise", order());
        Map<String, Object> leader = Map.of("leader", county.roadsHead.post().toString(), "plan", "每周研究一次");
        way.does(county.supervisor, "take-on", with(leader, "month"));
        String due = due(way);
        way.does(county.supervisor, "take-on", with(leader, "quarter"));
        assertThat(due(way)).isEqualTo(due);
    }

    private String due(Way way) {
        return jdbc.sql("select due_at::text from matters.clock where matter = ? and name = 'take-on'").param(way.id()).query(String.class).single();
    }

    private static Map<String, Object> with(Map<String, Object> input, String term) {
        Map<String, Object> all = new java.util.HashMap<>(input);
        all.put("term", term);
        return all;
    }

    @Test
    void isOrderedByTheCountyOverATownsMatterButNotByTheNeighbouringTown() {
        Way way = Way.registered(context, county, county.townClerkA, "镇里的事", Map.of());
        way.does(county.townClerkA, "sort", Map.of("kind", "service", "category", County.ROADS, "level", "blue"));
        way.does(county.townClerkA, "assign", Map.of("lead", county.roads.id().toString(), "reason", "道路局负责"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> county.as(county.townSupervisorB, () -> matters.act(Act.on(way.id(), "supervise", order(), 3,
                UUID.randomUUID().toString())))).isInstanceOf(java.util.NoSuchElementException.class);
        way.does(county.supervisor, "supervise", order());
        assertThat(clock(way, "supervise")).isEqualTo(county.roads.id());
    }

    @Test
    void isTakenOnByANamedLeaderWithAPlanAndATerm() {
        Way way = accepted("包案的事");
        assertThat(as(county.supervisor).get(way.page() + "/act/take-on").body()).contains(county.roadsHead.post().toString());
        way.does(county.supervisor, "take-on", Map.of("leader", county.roadsHead.post().toString(), "plan", "每周研究一次", "term", "month"));
        assertThat(clock(way, "take-on")).isEqualTo(county.roads.id());
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/supervision/month").body(), "包案的事", "领导包案");
        assertThat(supervisor.get(way.page()).body()).contains(county.roads.name() + " · 负责人 · 试验head");
    }

    @Test
    void isTakenOnByALeaderWhoSeesItAndIsTold() {
        Way way = accepted("包案要告诉本人");
        Map<String, Object> plan = with(Map.of("plan", "每周研究一次"), "month");
        plan.put("leader", county.waterHandler.post().toString());
        assertThat(tries(way, county.supervisor, "take-on", plan)).as("a unit that has nothing to do with it").isInstanceOf(Answer.Refused.class);
        JdbcClient app = context.getBean(JdbcClient.class);
        county.as(county.dispatcher, () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).execute(_ -> app
                .sql("insert into matters.barred_post (matter, post) values (?, ?)").params(way.id(), county.handler.post()).update()));
        plan.put("leader", county.handler.post().toString());
        assertThat(tries(way, county.supervisor, "take-on", plan)).as("a post that keeps out").isInstanceOf(Answer.Refused.class);
        plan.put("leader", county.roadsHead.post().toString());
        way.does(county.supervisor, "take-on", plan);
        Eventually.that("the leader is told", () -> jdbc.sql("select count(*) from notices.notice where matter = ? and event = 'leads' and post = ?")
                .param(way.id()).param(county.roadsHead.post()).query(Long.class).single() == 1);
    }

    @Test
    void isOnTheMonthlyListForEachReason() {
        Way order = accepted("清单督办");
        order.does(county.supervisor, "supervise", order());
        Way twice = returnedTwice("清单退回");
        Way.registered(context, county, "=1+1 清单一次").sorted().assigned().does(county.handler, "return", Map.of("reason", "不是我们"));
        Way reopened = accepted("清单重办").answered().closed();
        int version = reopened.version();
        Acting.as(new Actor.Resident(reopened.id(), 1), () -> matters.act(Act.on(reopened.id(), "reopen", Map.of("reason", "还是坏的"), version, UUID.randomUUID().toString())));
        String list = Eventually.says(() -> as(county.supervisor).get("/supervision/month").body(), "清单督办", "清单退回", "清单重办");
        assertThat(list).contains("发出督办单", "已退回 2 次", "反映人要求重新办理").doesNotContain("清单一次");
        String csv = as(county.supervisor).get("/supervision/month.csv").body();
        assertThat(csv).startsWith("\uFEFF编号,标题").contains(twice.number().shown(), "清单退回").doesNotContain("清单一次");
        assertThat(as(county.townSupervisorB).get("/supervision/month").body()).doesNotContain("清单督办");
        assertThat(as(county.townSupervisorA).get("/supervision/month").body()).contains("清单督办");
        assertThat(as(county.supervisor).get("/supervision/month?month=2020-01").body()).doesNotContain("清单督办");
    }

    @Test
    void hasARulingKeptAsARuleWithItsHistory() {
        Way way = returnedTwice("裁定的事");
        way.does(county.dispatcher, "rule", Map.of("lead", county.water.id().toString(), "ruling", "排水沟由水务局管护", "helpers", List.of(county.roads.id().toString())));
        Visitor dispatcher = as(county.dispatcher);
        String list = Eventually.says(() -> dispatcher.get("/supervision/rulings").body(), "裁定的事", "裁定〔");
        Matcher ruling = Pattern.compile("/supervision/rulings/" + way.number().digits() + "/[0-9]+").matcher(list);
        assertThat(ruling.find()).isTrue();
        assertThat(dispatcher.get("/supervision/papers?state=none").body()).as("a ruling asks for no reply").contains("裁定的事", "不需要回复");
        assertThat(dispatcher.get("/supervision/papers?state=open").body()).doesNotContain("裁定的事");
        assertThat(as(county.supervisor).get(ruling.group()).body()).contains("排水沟由水务局管护").doesNotContain("name=\"category\"");
        assertThat(as(county.supervisor).post(ruling.group(), Map.of("category", County.ROADS, "place", county.townA)).status()).isEqualTo(403);
        assertThat(as(county.townSupervisorB).get(ruling.group()).status()).isEqualTo(404);
        assertThat(dispatcher.get(ruling.group()).body()).contains("排水沟由水务局管护", county.water.name(), "name=\"category\"");
        assertThat(dispatcher.post(ruling.group(), Map.of("category", "0101", "place", county.townB)).status()).isEqualTo(422);
        Visitor.Answer kept = dispatcher.post(ruling.group(), Map.of("category", County.ROADS, "place", county.townA));
        assertThat(kept.status()).isEqualTo(303);
        assertThat(dispatcher.get(kept.location()).body()).contains("裁定〔", "定立", county.water.name(), "试验dispatcher");
        assertThat(directory.whoHandles(County.ROADS, county.villageA)).hasValueSatisfying(handling -> {
            assertThat(handling.lead().id()).isEqualTo(county.water.id());
            assertThat(handling.ruling()).hasValueSatisfying(number -> assertThat(number).startsWith("裁定〔"));
        });
        assertThat(directory.whoHandles(County.ROADS, county.villageB)).hasValueSatisfying(handling -> assertThat(handling.ruling()).isEmpty());
        Way next = Way.registered(context, county, "下一件").sorted();
        assertThat(dispatcher.get(next.page() + "/act/assign").body()).contains(county.water.name(), "裁定〔");
        assertThat(as(county.townSupervisorB).get(kept.location()).status()).isEqualTo(404);
    }

    @Test
    void hasNoRuleKeptOfWhatIsKeptFromSome() {
        Way way = returnedTwice("要回避的裁定");
        way.does(county.dispatcher, "rule", Map.of("lead", county.water.id().toString(), "ruling", "由水务局管护"));
        Visitor dispatcher = as(county.dispatcher);
        String list = Eventually.says(() -> dispatcher.get("/supervision/rulings").body(), "要回避的裁定");
        Matcher ruling = Pattern.compile("/supervision/rulings/" + way.number().digits() + "/[0-9]+").matcher(list);
        assertThat(ruling.find()).isTrue();
        assertThat(dispatcher.get(ruling.group()).body()).contains("name=\"category\"");
        JdbcClient app = context.getBean(JdbcClient.class);
        county.as(county.dispatcher, () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).execute(_ -> app
                .sql("insert into matters.barred_post (matter, post) values (?, ?)").params(way.id(), county.roadsHead.post()).update()));
        assertThat(dispatcher.get(ruling.group()).body()).doesNotContain("name=\"category\"");
        Visitor.Answer refused = dispatcher.post(ruling.group(), Map.of("category", County.ROADS, "place", county.townA));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("须回避");
    }

    @Test
    void getsAReminderLetterAndReplies() {
        Visitor supervisor = as(county.supervisor);
        supervisor.get("/supervision/papers/new");
        assertThat(supervisor.post("/supervision/papers/new", Map.of("lead", "没有这个单位", "title", "", "words", "", "term", "five")).status()).isEqualTo(422);
        Visitor.Answer sent = supervisor.post("/supervision/papers/new", Map.of("lead", county.roads.name(), "title", "超期较多", "words", "请于五个工作日内书面说明", "term", "five"));
        assertThat(sent.status()).as(sent.body()).isEqualTo(303);
        Eventually.says(() -> supervisor.get("/supervision/papers").body(), "提醒函〔", "超期较多", county.roads.name());
        String page = sent.location().replace("/papers/1", "");
        Visitor handler = as(county.handler);
        assertThat(handler.get(sent.location()).body()).contains("请于五个工作日内书面说明", "提醒函〔");
        assertThat(handler.get(page).body()).contains("完成并回复");
        assertThat(as(county.waterHandler).get(sent.location()).status()).isEqualTo(404);
    }

    @Test
    void keepsMinutesAsTheyWereWrittenAndMakesTheirTasksMatters() {
        Visitor supervisor = as(county.supervisor);
        supervisor.get("/supervision/meetings/new");
        Visitor.Answer kept = supervisor.post("/supervision/meetings/new", Map.of("heldOn", "2026-01-05", "title", "第一次联席会议", "units", county.roads.name() + "\n"
                + county.water.name(), "words", "议定年底前修好排水沟"));
        assertThat(kept.status()).as(kept.body()).isEqualTo(303);
        assertThat(supervisor.get(kept.location()).body()).contains("第一次联席会议", county.roads.name(), "议定年底前修好排水沟");
        supervisor.get("/supervision/meetings/new");
        assertThat(supervisor.post("/supervision/meetings/new", Map.of("heldOn", "2026-01-05", "title", "第一次联席会议", "units", county.roads.name(), "words",
                "议定年底前修好排水沟")).location()).as("sent twice, written once").isEqualTo(kept.location());
        Visitor.Answer set = supervisor.post(kept.location() + "/tasks", Map.of("lead", county.water.name(), "title", "修排水沟", "words", "年底前完成", "term", "month"));
        assertThat(set.status()).as(set.body()).isEqualTo(303);
        assertThat(supervisor.get(kept.location()).body()).contains("修排水沟", county.water.name(), "待完成");
        assertThat(supervisor.post(kept.location() + "/tasks", Map.of("lead", "", "title", "", "words", "", "term", "")).status()).isEqualTo(422);

        String id = kept.location().substring(kept.location().lastIndexOf('/') + 1);
        Visitor.Answer corrected = supervisor.post("/supervision/meetings/new", Map.of("heldOn", "2026-01-05", "title", "第一次联席会议（更正）", "units", county.roads.name(),
                "words", "议定明年三月前修好", "corrects", id));
        assertThat(corrected.status()).isEqualTo(303);
        assertThat(supervisor.get(kept.location()).body()).contains("议定年底前修好排水沟", "本纪要已更正");
        assertThat(supervisor.post("/supervision/meetings/new", Map.of("heldOn", "2026-01-05", "title", "再更正", "units", county.roads.name(), "words", "x", "corrects", id))
                .status()).isEqualTo(422);
        assertThat(as(county.townSupervisorA).get(kept.location()).status()).isEqualTo(404);
        assertThat(as(county.townSupervisorA).get("/supervision/meetings").body()).doesNotContain("第一次联席会议");
        assertThat(supervisor.post("/supervision/meetings/new", Map.of("heldOn", "2999-01-01", "title", "明天的会", "units", "没有", "words", "x")).status()).isEqualTo(422);
    }

    @Test
    void countsTheRatesWithTheirFormulaAndLeavesOutWhatWasApproved() {
        accepted("三率一").answered().closed();
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/supervision/rates?by=unit").body(), county.roads.name(), "案件少于10件，不计算");
        for (int i = 0; i < 9; i++) {
            accepted("三率" + i).answered().closed();
        }
        String page = Eventually.says(() -> supervisor.get("/supervision/rates?by=unit").body(), "已按时签收 10 ÷ 应签收 10", "反映人说解决了 10 ÷ 有效回访 10");
        assertThat(page).contains("100.0%");
        assertThat(as(county.roadsHead).get("/supervision/rates").body()).contains("已按时签收 10 ÷ 应签收 10");
        assertThat(as(county.townSupervisorB).get("/supervision/rates?by=unit").body()).doesNotContain(county.roads.name());

        supervisor.get("/supervision/exclusions/new");
        Map<String, String> wanted = Map.of("value", "channel:window", "reason", "窗口另行考核", "from", "2020-01-01");
        assertThat(supervisor.post("/supervision/exclusions/new", Map.of("value", "person:1", "reason", "x", "from", "2020-01-01")).status()).isEqualTo(422);
        assertThat(supervisor.post("/supervision/exclusions/new", wanted).status()).isEqualTo(303);
        String waiting = supervisor.get("/supervision/exclusions").body();
        assertThat(waiting).contains("窗口另行考核", "待审定").doesNotContain("/approved\"");
        UUID id = jdbcOwn(county.code);
        assertThat(supervisor.post("/supervision/exclusions/" + id + "/approved", Map.of()).status()).as("not by who proposed it").isEqualTo(422);
        assertThat(supervisor.get("/supervision/rates").body()).contains("应签收 10");
        Member head = county.hire(county.centre, "centre-head", Role.HEAD);
        Visitor other = as(head);
        assertThat(other.get("/supervision/exclusions").body()).contains("/approved\"");
        assertThat(other.post("/supervision/exclusions/" + id + "/approved", Map.of()).status()).isEqualTo(303);
        assertThat(supervisor.get("/supervision/rates").body()).doesNotContain("应签收 10");
        assertThat(other.post("/supervision/exclusions/" + id + "/approved", Map.of()).status()).isEqualTo(422);
        other.get("/supervision/exclusions");
        assertThat(other.post("/supervision/exclusions/" + id + "/ended", Map.of()).status()).isEqualTo(303);
        assertThat(other.get("/supervision/exclusions").body()).contains("已终止");
    }

    private UUID jdbcOwn(String division) {
        JdbcClient app = context.getBean(JdbcClient.class);
        return county.as(county.supervisor, () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).execute(_ -> app
                .sql("select id from supervision.exclusion where division = ? order by id desc limit 1").param(division).query(UUID.class).single()));
    }

    @Test
    void showsTheWhistlesOfAPlace() {
        Member townHead = county.hire(directory.findUnit(county.centreA.id()).orElseThrow(), "town-head", Role.HEAD, Role.HANDLER);
        Way way = Way.registered(context, county, "镇里解决不了的事").sorted();
        way.does(county.dispatcher, "assign", Map.of("lead", county.centreA.id().toString(), "reason", "镇里先办"));
        way.does(townHead, "accept", Map.of());
        way.does(townHead, "whistle", Map.of("sort", "demand", "departments", List.of(county.roads.id().toString(), county.water.id().toString()), "request", "请现场会商"));
        way.does(townHead, "approve-whistle", Map.of());
        String page = Eventually.says(() -> as(county.supervisor).get("/supervision/whistles").body(), "镇里解决不了的事", county.roads.name(), county.water.name());
        assertThat(page).contains("待报到");
        assertThat(as(county.townSupervisorB).get("/supervision/whistles").body()).doesNotContain("镇里解决不了的事");
    }

    /** A stranger, the neighbour and who holds the post no longer get nothing of a place; who works on matters opens no page of supervision. */
    @Test
    void isWatchedByNobodyElse() {
        Way way = accepted("只给本县看的事");
        way.does(county.supervisor, "supervise", order());
        Eventually.that("the order is registered", () -> jdbc.sql("select count(*) from supervision.mark where matter = ?").param(way.id()).query(Long.class).single() > 0);
        List<Visitor> others = List.of(as(county.handler), as(county.clerk), as(county.administrator));
        Visitor neighbour = as(county.townSupervisorB);
        Member leaving = county.hire(county.centre, "leaving", Role.SUPERVISOR);
        Visitor left = as(leaving);
        for (String page : PAGES) {
            assertThat(new Visitor(port).get(page).location()).as(page).startsWith("/sign-in");
            others.forEach(other -> assertThat(other.get(page).status()).as(page).isEqualTo(403));
            assertThat(neighbour.get(page).body()).as(page).doesNotContain("只给本县看的事", way.number().shown(), county.roads.name());
            assertThat(left.get(page).status()).as(page).isEqualTo(200);
        }
        county.end(leaving);
        for (String page : PAGES) {
            Visitor.Answer after = left.get(page);
            assertThat(after.status()).as(page).isNotEqualTo(200);
            assertThat(after.body()).as(page).doesNotContain("只给本县看的事");
        }
    }
}
