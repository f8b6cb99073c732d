package org.heshi.matters.opened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.Browser;
import org.heshi.Browser.Visit;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.access.Openings;
import org.heshi.access.Openings.Ground;
import org.heshi.access.Openings.Opening;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Swept;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody who has no part in a matter opens it: for a reason, for a while, to read; everybody who must know is told; never across a bar. */
@HeshiTest
class WhenAMatterIsOpenedForAReasonTests {

    private static final String NAME = "周明亮";
    private static final String PHONE = "13800138000";
    private static final String WORDS = "井下有人被困，主办单位电话无人接听";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    Openings openings;
    @Autowired
    Looks looks;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    /** Supervises in a department that has no part in it. */
    Member supervisor;
    Member auditor;
    Answer.Done matter;

    @BeforeEach
    void aReport() {
        county = County.make(context);
        supervisor = county.hire(county.water, "duty", Role.SUPERVISOR);
        auditor = county.hire(county.centre, "second-auditor", Role.AUDITOR);
        matter = report(Map.of());
    }

    private Answer.Done report(Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("title", "井盖没了", "description", "孩子掉进井里", "place", county.villageA, "name", NAME, "phone", PHONE));
        input.putAll(more);
        return (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, UUID.randomUUID().toString())));
    }

    private Visitor as(Member member) {
        Visitor visitor = county.signedIn(new Visitor(port), member);
        visitor.get("/password");
        return visitor;
    }

    private static Map<String, String> form(MatterNumber number) {
        return Map.of("number", number.digits(), "ground", "life", "words", WORDS);
    }

    private UUID opened(Member member) {
        return county.as(member, () -> openings.open(matter.matter(), Ground.LIFE, WORDS));
    }

    private void expire(UUID opening) {
        try (Connection connection = SuperuserConnection.open(context); Statement s = connection.createStatement()) {
            s.executeUpdate("update access.opening set opened_at = opened_at - interval '2 hours', until = until - interval '2 hours' where id = '" + opening + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsItForAWhileAndNothingMore() {
        Visitor duty = as(supervisor);
        String page = "/matters/" + matter.number().digits();
        assertThat(duty.get(page).status()).isEqualTo(404);
        Visitor.Answer sent = duty.post("/opened/new", form(matter.number()));
        assertThat(sent.location()).startsWith("/opened/");
        Visitor.Answer shown = duty.get(sent.location());
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).contains("井盖没了", "孩子掉进井里", "只能看，不能办理").doesNotContain(NAME, PHONE, "周**", "/act/", "/files/");
        // nothing else of the program knows of it
        assertThat(duty.get(page).status()).isEqualTo(404);
        assertThat(duty.post(page + "/contacts", Map.of()).status()).isEqualTo(404);
        assertThat(duty.get("/search?q=" + matter.number().digits()).body()).doesNotContain("井盖没了");
        assertThat(duty.get("/matters").body()).doesNotContain("井盖没了");

        expire(UUID.fromString(sent.location().substring("/opened/".length())));
        assertThat(duty.get(sent.location()).status()).as("when its time is over").isEqualTo(404);
    }

    @Test
    void onlyReadsWhatTheTableSaysAlsoByBareSql() {
        UUID id = opened(supervisor);
        county.as(supervisor, () -> {
            Opening opening = openings.running(id).orElseThrow();
            MatterViews.MatterView view = openings.reading(opening, () -> views.get(matter.matter()));
            assertThat(view.word("title")).isEqualTo("井盖没了");
            assertThat(view.parties()).allMatch(party -> party.hidden() && party.contacts().isEmpty());
            assertThat(openings.reading(opening, () -> views.history(matter.matter()))).isNotEmpty();
            assertThatThrownBy(() -> openings.reading(opening, () -> transactions.execute(_ -> jdbc.sql("update matters.matter set level = 2 where id = ?")
                    .param(matter.matter()).update()))).isInstanceOf(DataAccessException.class).hasMessageContaining("read-only");
            assertThat(openings.reading(opening, () -> views.nextActions(matter.matter()))).isEmpty();
            return null;
        });
        // the setting alone opens nothing: PostgreSQL looks for the record
        county.as(county.waterHandler, () -> Acting.opened(matter.matter(), () -> {
            assertThat(views.find(matter.number())).isEmpty();
            return null;
        }));
        Member other = county.hire(county.water, "other-duty", Role.SUPERVISOR);
        county.as(other, () -> Acting.opened(matter.matter(), () -> {
            assertThat(views.find(matter.number())).as("opened by somebody else").isEmpty();
            return null;
        }));
    }

    @Test
    void isToldToAuditorsWhoJudgeItAndToTheReporter() {
        UUID id = opened(supervisor);
        Visitor audits = as(auditor);
        assertThat(audits.get("/notices").body()).contains("有人说明理由后调阅", matter.number().shown());
        assertThat(audits.get("/opened").body()).contains("有人的生命、健康有危险", WORDS, county.water.name());
        Visitor reporter = new Visitor(port);
        reporter.get("/follow");
        reporter.post("/follow", Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow()));
        String follow = "/follow/" + matter.number().digits();
        assertThat(reporter.get(follow).body()).contains("有不经办的单位说明理由后看过这件事");
        assertThat(reporter.get(follow + "/looks").body()).contains(county.water.name(), "有人的生命、健康有危险", "还没有评判", "说明理由后调阅")
                .doesNotContain(WORDS, supervisor.account());

        assertThat(audits.post("/opened/" + id + "/judge", Map.of("remark", "")).status()).isEqualTo(422);
        assertThat(audits.post("/opened/" + id + "/judge", Map.of("justified", "no", "remark", "主办单位当时有人值班")).location()).isEqualTo("/opened");
        assertThat(audits.post("/opened/" + id + "/judge", Map.of("justified", "yes", "remark", "改主意")).status()).as("once").isEqualTo(404);
        assertThat(audits.get("/opened").body()).contains("不正当", "主办单位当时有人值班");
        assertThat(reporter.get(follow + "/looks").body()).contains("不正当");
        List<String> what = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select what from access.look where matter = ?")
                .param(matter.matter()).query(String.class).list()));
        assertThat(what).containsExactly("opened");
    }

    @Test
    void isNotJudgedByWhoOpenedItNorReadByAuditorsElsewhere() {
        Member both = county.hire(county.water, "duty-and-audit", Role.SUPERVISOR, Role.AUDITOR);
        UUID id = opened(both);
        county.as(both, () -> {
            assertThat(openings.judge(id, true, "我自己")).isFalse();
            return null;
        });
        County elsewhere = County.make(context);
        elsewhere.as(elsewhere.auditor, () -> {
            assertThat(openings.all(java.util.Optional.empty(), 50)).isEmpty();
            assertThat(openings.judge(id, true, "别县")).isFalse();
            return null;
        });
        assertThat(as(elsewhere.auditor).get("/notices").body()).doesNotContain(matter.number().shown());
        Acting.run(new Actor.Resident(UUID.randomUUID(), 1), () -> assertThat(openings.of(matter.matter())).isEmpty());
        Acting.run(new Actor.Passerby(), () -> assertThat(openings.of(matter.matter())).isEmpty());
    }

    @Test
    void isForgottenAfterItsTerm() {
        UUID id = opened(supervisor);
        expire(id);
        java.time.Instant now = java.time.Instant.now(java.time.Clock.systemUTC());
        List<Swept> openings = context.getBeansOfType(Swept.class).values().stream().filter(one -> one.what().equals("openings")).toList();
        openings.forEach(one -> one.sweep(now.minusSeconds(4 * 3600), 1000));
        assertThat(kept(id)).isEqualTo(1);
        openings.forEach(one -> one.sweep(now.minusSeconds(3600), 1000));
        assertThat(kept(id)).isZero();
    }

    private long kept(UUID id) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.<Long>execute(_ -> jdbc.sql("select count(*) from access.opening where id = ?").param(id)
                .query(Long.class).single()));
    }

    @Test
    void neverCrossesABar() {
        Answer.Done accusation = report(Map.of("about-office", "true", "accused", county.water.id().toString()));
        Visitor accused = as(supervisor);
        Visitor.Answer refused = accused.post("/opened/new", form(accusation.number()));
        assertThat(refused.status()).isEqualTo(422);
        Visitor.Answer nothing = accused.post("/opened/new", form(MatterNumber.parse("9990000000000").orElse(MatterNumber.draw(999, 2099, new java.util.Random(5)))));
        assertThat(refused.body().replaceAll("value=\"[^\"]*\"", "")).as("the same as for what is not there").isEqualTo(nothing.body().replaceAll("value=\"[^\"]*\"", ""));
        county.as(supervisor, () -> {
            assertThatThrownBy(() -> openings.open(accusation.matter(), Ground.LAW, WORDS)).as("around the form").isInstanceOf(DataAccessException.class);
            return null;
        });
        // barred after it was opened
        UUID before = opened(supervisor);
        try (Connection connection = SuperuserConnection.open(context); Statement s = connection.createStatement()) {
            s.executeUpdate("insert into matters.barred_post (matter, post) values ('" + matter.matter() + "', '" + supervisor.post() + "')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(accused.get("/opened/" + before).status()).isEqualTo(404);
    }

    @Test
    void isForThosePostsOnlyAndEndsWithThem() {
        for (Member member : List.of(county.handler, county.administrator, county.auditor, county.waterHandler)) {
            assertThat(as(member).post("/opened/new", form(matter.number())).status()).as(member.account()).isEqualTo(403);
        }
        Visitor head = as(county.roadsHead);
        assertThat(head.get("/opened/new").body()).contains("您的岗位不能调阅");
        assertThat(head.post("/opened/new", form(matter.number())).status()).isEqualTo(422);
        County elsewhere = County.make(context);
        Member stranger = elsewhere.hire(elsewhere.water, "duty", Role.SUPERVISOR);
        assertThat(as(stranger).post("/opened/new", form(matter.number())).body()).contains("没有可以调阅的这个编号");
        Visitor over = as(county.supervisor);
        assertThat(over.post("/opened/new", form(matter.number())).location()).as("who may see it anyway").isEqualTo("/matters/" + matter.number().digits());

        UUID id = opened(supervisor);
        Visitor duty = as(supervisor);
        assertThat(duty.get("/opened/" + id).status()).isEqualTo(200);
        assertThat(as(county.hire(county.water, "next-duty", Role.SUPERVISOR)).get("/opened/" + id).status()).as("another post of the same unit").isEqualTo(404);
        county.end(supervisor);
        assertThat(duty.get("/opened/" + id).status()).as("an ended post").isNotEqualTo(200);
    }

    @Test
    void asksForAReasonInWordsAndWhoItIsAgain() {
        Visitor duty = as(supervisor);
        Visitor.Answer bare = duty.post("/opened/new", Map.of("number", "1", "words", "急"));
        assertThat(bare.status()).isEqualTo(422);
        assertThat(bare.body()).contains("编号应是 13 位数字", "请写明具体情况，至少 10 个字", "请填写此项");
        for (int i = 0; i < 10; i++) {
            duty.post("/opened/new", form(MatterNumber.draw(998, 2099, new java.util.Random(i))));
        }
        assertThat(duty.post("/opened/new", form(matter.number())).body()).contains("一小时内最多调阅 10 次");
    }

    @Test
    void looksGoodOnATelephoneAndOnADesk() {
        try (Visit visit = Browser.visit(port).narrow().withoutScripts().open()) {
            visit.signedIn(county.account(supervisor), People.PASSWORD);
            visit.go("/opened/new");
            visit.page().fill("[name=number]", matter.number().digits());
            visit.page().check("#ground");
            visit.page().fill("[name=words]", WORDS);
            visit.check("opened-form");
            visit.page().click("main form button[type=submit]");
            assertThat(visit.page().innerText("main")).contains("井盖没了", "为止，之后自动关闭");
            visit.show("opened-for-a-reason");
            visit.go("/opened");
            visit.check("opened-running");
        }
        try (Visit visit = Browser.visit(port).wide().inEnglish().open()) {
            visit.signedIn(county.account(auditor), People.PASSWORD);
            visit.go("/opened");
            visit.check("opened-judged");
            visit.page().click("main form input[value=yes]");
            visit.page().fill("main form textarea", "The office did not answer");
            visit.page().click("main form button[type=submit]");
            assertThat(visit.page().innerText("main")).contains("Justified", "The office did not answer");
            visit.check("opened-judgement");
        }
        try (Visit visit = Browser.visit(port).narrow().withoutScripts().open()) {
            visit.go("/follow");
            visit.page().fill("[name=number]", matter.number().digits());
            visit.page().fill("[name=code]", matter.code().orElseThrow());
            visit.page().click("main button[type=submit]");
            visit.page().click("main a[href$='/looks#opened']");
            assertThat(visit.page().innerText("main")).contains("说明理由后的调阅");
            visit.check("opened-for-the-reporter");
        }
    }
}
