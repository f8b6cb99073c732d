package org.heshi.matters.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.Browser;
import org.heshi.Browser.Visit;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.LookQuestions;
import org.heshi.access.LookQuestions.Question;
import org.heshi.access.LookQuestions.Why;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever looks leaves a trace that the reporter can read, and looking that is out of the usual is asked about. */
@HeshiTest
class WhoLookedTests {

    private static final String NAME = "周明亮";
    private static final String PHONE = "13800138000";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    LookQuestions questions;
    @Autowired
    Looks looks;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    Answer.Done matter;

    @BeforeEach
    void aReport() {
        county = County.make(context);
        matter = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "路灯不亮", "description", "路灯坏了三天",
                "place", county.code, "name", NAME, "phone", PHONE), UUID.randomUUID().toString())));
    }

    private Visitor as(Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private String page() {
        return "/matters/" + matter.number().digits();
    }

    private Visitor reporter() {
        Visitor visitor = new Visitor(port);
        visitor.get("/follow");
        assertThat(visitor.post("/follow", Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow())).status()).isEqualTo(303);
        return visitor;
    }

    private String who() {
        return reporter().get("/follow/" + matter.number().digits() + "/looks").body();
    }

    @Test
    void isToldToTheReporterByOfficeAndNotByPerson() {
        assertThat(who()).contains("还没有单位打开过");
        as(county.dispatcher).get(page());
        assertThat(who()).contains(county.centre.name(), "受理、分派和核查", "事项内容").doesNotContain(county.dispatcher.account(), "以及姓名和联系方式");
        Visitor clerk = as(county.dispatcher);
        clerk.get(page());
        clerk.post(page() + "/contacts", Map.of());
        assertThat(who()).contains("以及姓名和联系方式");
    }

    @Test
    void isToldToNobodyElse() {
        as(county.dispatcher).get(page());
        assertThat(new Visitor(port).get("/follow/" + matter.number().digits() + "/looks").status()).isEqualTo(302);
        Answer.Done other = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "井盖", "description", "井盖没了",
                "place", county.code), UUID.randomUUID().toString())));
        Visitor neighbour = new Visitor(port);
        neighbour.get("/follow");
        neighbour.post("/follow", Map.of("number", other.number().digits(), "code", other.code().orElseThrow()));
        assertThat(neighbour.get("/follow/" + matter.number().digits() + "/looks").status()).isEqualTo(302);
        Acting.run(new Actor.Resident(other.matter(), 1), () -> assertThat(looks.of(matter.matter())).isEmpty());
        county.as(county.supervisor, () -> {
            assertThat(looks.of(matter.matter())).as("only auditors and the reporter").isEmpty();
            return null;
        });
    }

    @Test
    void findsContactsMaskedUntilTheyAreAskedForOnce() {
        Visitor clerk = as(county.dispatcher);
        assertThat(clerk.get(page()).body()).contains("周**", "138****00").doesNotContain(NAME, PHONE);
        Visitor.Answer asked = clerk.post(page() + "/contacts", Map.of());
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains(NAME, PHONE, "tel:" + PHONE);
        assertThat(clerk.get(page() + "/contacts").location()).as("loaded again").isEqualTo(page());
        assertThat(clerk.get(page()).body()).as("the next time").doesNotContain(NAME, PHONE);
        List<String> what = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select what from access.look where matter = ? order by what")
                .param(matter.matter()).query(String.class).list()));
        assertThat(what).containsExactly("contacts", "matter");
    }

    @Test
    void unmasksNothingForWhoMayNotSeeIt() {
        Way way = Way.registered(context, county, "不让他们看");
        assertThat(as(county.townSupervisorB).post("/matters/" + way.number().digits() + "/contacts", Map.of()).status()).isIn(403, 404);
        Visitor supervisor = as(county.supervisor);
        supervisor.get(page());
        assertThat(supervisor.post(page() + "/contacts", Map.of()).status()).as("a supervisor sees no contacts").isEqualTo(404);
        assertThat(supervisor.get(page()).body()).doesNotContain(NAME, PHONE, "周**");
    }

    @Test
    void asksWhoseUnitDoesNotHoldTheMatterAndWhosePostDoesNotWatch() {
        Member clerk = county.hire(county.centre, "curious-verifier", Role.VERIFIER);
        Way inTown = Way.registered(context, county, county.townClerkA, "镇里的事", Map.of());
        Visitor curious = as(clerk);
        assertThat(curious.get("/queue").body()).doesNotContain("需要您说明原因");
        assertThat(curious.get("/matters/" + inTown.number().digits()).status()).isEqualTo(200);
        curious.get("/matters/" + inTown.number().digits());
        List<Question> open = county.as(clerk, () -> questions.open());
        assertThat(open).hasSize(1).allSatisfy(question -> {
            assertThat(question.why()).isEqualTo(Why.NOT_HELD);
            assertThat(question.matter()).contains(inTown.id());
        });
        assertThat(curious.get("/queue").body()).contains("有 1 次查阅需要您说明原因");
        String form = curious.get("/looks").body();
        assertThat(form).contains("查阅了不在本单位办理的事项", inTown.number().shown());
        assertThat(curious.post("/looks/" + open.getFirst().id(), Map.of("answer", " ")).status()).isEqualTo(422);
        Visitor.Answer tooLong = curious.post("/looks/" + open.getFirst().id(), Map.of("answer", "长".repeat(501)));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.body()).as("what was typed").contains("长".repeat(501));
        assertThat(curious.post("/looks/" + open.getFirst().id(), Map.of("answer", "值班电话问进度")).status()).isIn(302, 303);
        assertThat(county.as(clerk, () -> questions.open())).isEmpty();
        assertThat(curious.post("/looks/" + open.getFirst().id(), Map.of("answer", "再答一次")).status()).as("once").isEqualTo(404);
        // the dispatcher's and the supervisor's posts watch over the place
        for (Member watches : List.of(county.dispatcher, county.supervisor)) {
            as(watches).get("/matters/" + inTown.number().digits());
            assertThat(county.as(watches, () -> questions.open()).stream().filter(question -> question.why() == Why.NOT_HELD)).isEmpty();
        }
    }

    @Test
    void isReadByAuditorsAndByNoOtherAndNamesNobody() {
        Member clerk = county.hire(county.centre, "late-verifier", Role.VERIFIER);
        Way inTown = Way.registered(context, county, county.townClerkA, "又一件镇里的事", Map.of());
        as(clerk).get("/matters/" + inTown.number().digits());
        UUID question = county.as(clerk, () -> questions.open()).getFirst().id();
        county.as(clerk, () -> questions.answer(question, "领导交办"));
        Member auditor = county.hire(county.centre, "look-auditor", Role.AUDITOR);
        String all = as(auditor).get("/looks").body();
        assertThat(all).contains("领导交办", county.centre.name()).doesNotContain("late-verifier");
        assertThat(as(county.supervisor).get("/looks").body()).doesNotContain("领导交办");
        Visitor other = as(county.supervisor);
        other.get("/password");
        assertThat(other.post("/looks/" + question, Map.of("answer", "我来答")).status()).isEqualTo(404);
        Acting.run(new Actor.Resident(inTown.id(), 1), () -> assertThat(transactions.<Long>execute(_ ->
                jdbc.sql("select count(*) from access.question").query(Long.class).single())).isZero());
    }

    @Test
    void asksWhoOpensVeryMany() {
        Member clerk = county.hire(county.centre, "busy-clerk", Role.WINDOW_CLERK);
        county.as(clerk, () -> {
            for (int i = 0; i < 79; i++) {
                looks.record(UUID.randomUUID());
            }
            assertThat(questions.open()).noneMatch(question -> question.why() == Why.MANY);
            looks.record(UUID.randomUUID());
            looks.record(UUID.randomUUID());
            assertThat(questions.open()).filteredOn(question -> question.why() == Why.MANY).hasSizeLessThanOrEqualTo(1);
            return null;
        });
    }

    @Test
    void looksGoodOnATelephoneAndOnADesk() {
        as(county.dispatcher).get(page());
        Member clerk = county.hire(county.centre, "shown-clerk", Role.WINDOW_CLERK, Role.AUDITOR);
        try (Visit visit = Browser.visit(port).narrow().withoutScripts().open()) {
            visit.go("/follow");
            visit.page().fill("[name=number]", matter.number().digits());
            visit.page().fill("[name=code]", matter.code().orElseThrow());
            visit.page().click("main button[type=submit]");
            visit.page().click("main a[href$='/looks']");
            visit.show("who-looked");
        }
        county.as(clerk, () -> {
            transactions.executeWithoutResult(_ -> jdbc.sql("insert into access.question (id, person, post, unit, why, night, asked_at) values (?, ?, ?, ?, 'at-night', ?, ?)")
                    .param(UUID.randomUUID()).param(clerk.person()).param(clerk.post()).param(clerk.unit().id()).param(java.time.LocalDate.EPOCH)
                    .param(OffsetDateTime.now(java.time.Clock.systemUTC())).update());
            return null;
        });
        for (Browser.Setup setup : List.of(Browser.visit(port).narrow(), Browser.visit(port).wide().inEnglish())) {
            try (Visit visit = setup.open()) {
                visit.signedIn(county.account(clerk), org.heshi.People.PASSWORD);
                visit.go("/looks");
                visit.show("questions-about-looking");
                visit.page().fill("textarea[name=answer]", "值班");
                visit.page().evaluate("() => document.querySelector('textarea[name=answer]').removeAttribute('required')");
                visit.page().fill("textarea[name=answer]", " ");
                visit.page().click("main form .btn-primary");
                visit.check("questions-about-looking-refused");
            }
        }
    }
}
