package org.heshi.mediation.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.kernel.CivilTime;
import org.heshi.Browser;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.matters.Readings;
import org.heshi.mediation.CaseOfTwo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The page from which a dispute is worked: it says what comes next, shows what belongs together, and is there for the body that mediates alone. */
@HeshiTest
class WhenAMediatorWorksTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    @Test
    void isToldWhatComesNextUntilTheLastInstalment() {
        CaseOfTwo of = CaseOfTwo.accepted(context);
        Visitor desk = of.desk(port);
        String here = "/mediation/" + of.digits();
        assertThat(desk.get("/matters/" + of.digits()).body()).contains("打开调解工作台", here);
        assertThat(desk.get(here).body()).contains("登记对方当事人", "受理登记：来源、类型、各方当事人");
        of = CaseOfTwo.takenUp(context);
        desk = of.desk(port);
        here = "/mediation/" + of.digits();
        assertThat(desk.get(here).body()).contains("征求当事人 1、2 的意愿", "确定调解员", "还没有同意", "没有查询码");
        of.mediating();
        of.says(1, "offer", Map.of("to", List.of("2"), "offer", "至少赔两千", "amount", "2000"));
        of.does("offer-recorded", Map.of("whose", List.of("2"), "shown", List.of("1"), "offer", "最多一千", "amount", "1000"));
        of.does("caucus", Map.of("with", List.of("1"), "record", "愿意退到一千二"));
        assertThat(desk.get(here).body()).contains("达成一致后，起草协议书", "至少赔两千", "愿意退到一千二", "各方提出的金额，从 1000.00 元到 2000.00 元");
        of.drafted("赔偿损失");
        assertThat(desk.get("/matters/" + of.digits() + "/act/draft").body()).as("what is changed stands there").contains("院墙越界三尺", "1200.50", "赔偿损失");
        assertThat(desk.get("/matters/" + of.digits() + "/act/sign-mediator").body()).contains(of.draft().orElseThrow().fingerprint());
        assertThat(desk.get(here).body()).contains("请当事人 1、2 签字", "调解员签字", of.draft().orElseThrow().fingerprint()).as("nobody seals what is not signed").doesNotContain("/act/put-in-force");
        of.does("sign-mediator", Map.of("text", of.draft().orElseThrow().fingerprint()));
        assertThat(desk.get(here).body()).contains("请当事人 1、2 签字").doesNotContain("/act/put-in-force");
        of.does("back", Map.of());
        of.does("oral", Map.of("at", CivilTime.of(Instant.now(java.time.Clock.systemUTC())).toLocalDateTime().withNano(0).withSecond(0).toString(), "where", "村委会", "present", List.of("1", "2"), "facts", "院墙越界", "no-paper", "true",
                "terms", List.of(of.clause(2, 1, "赔偿损失", "1200", 10))));
        of.does("perform", Map.of("which", "1", "amount", "300", "on", java.time.LocalDate.now(org.heshi.kernel.CivilTime.ZONE).toString()));
        assertThat(desk.get(here).body()).contains("督促履行", "￥300.00 / ￥1200.00", "已付百分之 25");
    }

    @Test
    void isToldBesideTheFieldWhatCannotBeAndThatAnotherMediatorWasFirst() {
        CaseOfTwo of = CaseOfTwo.takenUp(context).mediating();
        Visitor desk = of.desk(port);
        String here = "/matters/" + of.digits() + "/act/";
        desk.get(here + "particulars");
        Visitor.Answer wrong = desk.post(here + "particulars", typed(of, "whose", "2", "kind-of", "person", "identity", "110105194912310021", "work", "务农"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).containsPattern("(?s)id=\"identity-errors\">.{0,300}校验位不对").contains("value=\"110105194912310021\"", "value=\"务农\"");
        Map<String, String> passport = typed(of, "whose", "2", "kind-of", "person", "identity", "E1234567", "work", "务农");
        assertThat(desk.post(here + "particulars", passport).status()).isEqualTo(303);

        Visitor other = of.county.signedIn(new Visitor(port), of.county.hire(of.county.roads, "works-too", Role.MEDIATOR));
        desk.get(here + "session");
        other.get(here + "session");
        String at = CivilTime.of(Instant.now(java.time.Clock.systemUTC())).toLocalDateTime().withNano(0).withSecond(0).toString();
        Map<String, String> first = typed(of, "at", at, "where", "村委会", "present", "1", "cause", "院墙", "told", "true", "statements", "甲记：各说各的", "result", "再谈");
        Map<String, String> second = typed(of, "at", at, "where", "李家", "present", "2", "cause", "院墙", "told", "true", "statements", "乙记：愿意退一尺", "result", "再谈");
        assertThat(desk.post(here + "session", first).status()).isEqualTo(303);
        Visitor.Answer late = other.post(here + "session", second);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body()).contains("您填写期间，这件事有了新的变化", "乙记：愿意退一尺", "form.version\" value=\"" + of.way.version() + "\"");
        assertThat(of.county.as(of.mediator, () -> context.getBean(Readings.class).of(of.way.id()))).filteredOn(entry -> entry.action().equals("session")).hasSize(1);
        second.put("form.version", Integer.toString(of.way.version()));
        assertThat(other.post(here + "session", second).status()).isEqualTo(303);
        assertThat(of.county.as(of.mediator, () -> context.getBean(Readings.class).of(of.way.id()))).filteredOn(entry -> entry.action().equals("session"))
                .extracting(entry -> entry.word("statements")).containsExactly("甲记：各说各的", "乙记：愿意退一尺");
    }

    /** As a form sends it that was opened now. */
    private static Map<String, String> typed(CaseOfTwo of, String... fields) {
        Map<String, String> typed = new LinkedHashMap<>(Map.of("form.version", Integer.toString(of.way.version()), "form.key", UUID.randomUUID().toString()));
        for (int i = 0; i < fields.length; i += 2) {
            typed.put(fields[i], fields[i + 1]);
        }
        return typed;
    }

    @Test
    void isThereForNobodyElse() {
        CaseOfTwo of = CaseOfTwo.takenUp(context);
        String here = "/mediation/" + of.digits();
        County county = of.county;
        assertThat(new Visitor(port).get(here).status()).isIn(302, 303, 401);
        assertThat(county.signedIn(new Visitor(port), county.dispatcher).get(here).status()).isEqualTo(403);
        assertThat(county.signedIn(new Visitor(port), county.waterHandler).get(here).status()).isEqualTo(404);
        assertThat(county.signedIn(new Visitor(port), county.hire(county.committeeA, "elsewhere", Role.MEDIATOR)).get(here).status()).isEqualTo(404);
        of.code(2);
        assertThat(of.phone(port, 2).get(here).status()).isIn(302, 303, 401);
    }

    @Test
    void fitsATelephoneAndIsReadByEverybody() {
        CaseOfTwo of = CaseOfTwo.takenUp(context).mediating();
        of.says(1, "offer", Map.of("to", List.of("2"), "offer", "至少赔两千", "amount", "2000"));
        of.does("offer-recorded", Map.of("whose", List.of("2"), "shown", List.of("1"), "offer", "最多一千", "amount", "1000"));
        of.does("invite", Map.of("at", "2100-01-01T09:00", "where", "调解室", "open", "closed"));
        of.does("oral", Map.of("at", CivilTime.of(Instant.now(java.time.Clock.systemUTC())).toLocalDateTime().withNano(0).withSecond(0).toString(), "where", "村委会", "present", List.of("1", "2"), "facts", "院墙越界", "no-paper", "true",
                "terms", List.of(of.clause(2, 1, "赔偿损失", "1200", 10), of.clause(2, 1, "赔偿损失", "800.05", 20))));
        County.Member mediator = of.mediator;
        of.county.account(mediator);
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open().signedIn(mediator.account(), People.PASSWORD)) {
            visit.go("/mediation/" + of.digits());
            visit.check("mediation-workspace");
            visit.go("/matters/" + of.digits() + "/act/perform");
            visit.check("mediation-perform");
        }
        CaseOfTwo other = CaseOfTwo.takenUp(context).mediating();
        other.county.account(other.mediator);
        try (Browser.Visit visit = Browser.visit(port).wide().open().signedIn(other.mediator.account(), People.PASSWORD)) {
            visit.go("/mediation/" + other.digits());
            visit.check("mediation-workspace-begun");
            visit.go("/matters/" + other.digits() + "/act/draft");
            visit.check("mediation-draft");
            visit.page().click("button[name=find]");
            assertThat(visit.page().locator(".clause").count()).isGreaterThan(2);
            visit.page().click("main form .actions .btn-primary");
            assertThat(visit.page().innerText(".errors")).contains("请填写此项");
            visit.check("mediation-draft-refused");
        }
    }
}
