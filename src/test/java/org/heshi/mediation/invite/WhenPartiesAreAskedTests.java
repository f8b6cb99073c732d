package org.heshi.mediation.invite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.mediation.CaseOfTwo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The parties are asked whether they want mediation, and answer on their own telephones without scripts. */
@HeshiTest
class WhenPartiesAreAskedTests {

    private static final Pattern CODE = Pattern.compile("<dd class=\"code\">([2-9A-Z]{4}-[2-9A-Z]{4})</dd>");
    private static final Pattern MARK = Pattern.compile("name=\"form\\.(version|key)\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    CaseOfTwo of;

    @BeforeEach
    void takenUp() {
        of = CaseOfTwo.takenUp(context);
    }

    private String invite() {
        return "/mediation/" + of.digits() + "/invite";
    }

    /** What a party does through the form that the page offers, with everything that it carries unseen. */
    private Visitor.Answer does(Visitor phone, String action, Map<String, String> typed) {
        String page = "/follow/" + of.digits() + "/act/" + action;
        Visitor.Answer form = phone.get(page);
        assertThat(form.status()).as(action).isEqualTo(200);
        Map<String, String> sent = new LinkedHashMap<>(typed);
        Matcher mark = MARK.matcher(form.body());
        while (mark.find()) {
            sent.put("form." + mark.group(1), mark.group(2));
        }
        return phone.post(page, sent);
    }

    @Test
    void byALetterWithACodeThatIsShownOnceAndAQrCodeOfTheNumberOnly() {
        Visitor desk = of.desk(port);
        assertThat(desk.get(invite()).body()).contains("还没有答复", "没有查询码", "还没有邀请过");
        Visitor.Answer letter = desk.post(invite() + "/2", Map.of("how", "paper", "code", "true", "checked", "id-card", "note", "当面交给本人"));
        assertThat(letter.status()).isEqualTo(200);
        assertThat(letter.body()).contains("李对面", "王小明", "邻里纠纷", "不收任何费用", "随时可以申请仲裁", "/follow/" + of.digits()).doesNotContain("院墙");
        Matcher code = CODE.matcher(letter.body());
        assertThat(code.find()).isTrue();
        of.codes.put(2, code.group(1));
        assertThat(of.phone(port, 2).get("/follow/" + of.digits()).body()).contains("有人邀请您调解一件纠纷", "当面交给本人");
        assertThat(desk.get(invite()).body()).contains("纸质邀请书", "当面交给本人").doesNotContain(code.group(1));
    }

    @Test
    void byWordsToSendThatHoldNothingOfTheCaseAndNoCode() {
        Visitor desk = of.desk(port);
        desk.get(invite());
        String words = desk.post(invite() + "/2", Map.of("how", "sms")).body().replaceAll("(?s).*data-words>", "").replaceAll("(?s)</p>.*", "");
        assertThat(words).contains("自愿、免费", of.way.number().shown()).doesNotContain("院墙", "王小明", "李对面", "邻里");
        assertThat(desk.post(invite() + "/2", Map.of("how", "phone", "note", "本人接的电话，说考虑两天")).body()).contains("电话里要说清楚");
    }

    @Test
    void andNobodyGetsACodeWithoutACheck() {
        Visitor desk = of.desk(port);
        desk.get(invite());
        Visitor.Answer refused = desk.post(invite() + "/2", Map.of("how", "paper", "code", "true", "note", "打过电话"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("打过电话").doesNotContain("<dd class=\"code\">");
        assertThat(desk.post(invite() + "/2", Map.of("note", "没选方式")).status()).isEqualTo(422);
        assertThat(of.dispute().participants()).hasSize(2);
        assertThat(desk.get(invite()).body()).contains("还没有邀请过", "没有查询码");
    }

    @Test
    void andReadTheirRightsWholeBeforeTheyConsent() {
        of.code(2);
        Visitor phone = of.phone(port, 2);
        assertThat(phone.get("/follow/" + of.digits()).body()).contains("有人邀请您调解一件纠纷", "/act/consent", "/act/decline");
        String form = phone.get("/follow/" + of.digits() + "/act/consent").body();
        assertThat(form).contains("调解前告知您", "不收费", "不违背法律", "三十日内", "选择或者接受调解员", "如实陈述", "拒绝调解或者要求终止调解", "不得泄露");
        assertThat(does(phone, "consent", Map.of("open", "closed")).status()).as("without having read it").isEqualTo(422);
        assertThat(does(phone, "consent", Map.of("told", "true", "open", "closed")).status()).isEqualTo(303);
        of.code(1);
        of.says(1, "consent", Map.of("told", "true", "open", "closed"));
        String own = phone.get("/follow/" + of.digits()).body();
        assertThat(own).as("what another did is not said of them, and they reported nothing").contains("当事人 1").doesNotContain("您反映的内容", "我反映的事项");
        assertThat(of.phone(port, 1).get("/follow/" + of.digits()).body()).contains("当事人 2", "您反映的内容");
        assertThat(phone.get("/follow/" + of.digits()).body()).doesNotContain("/act/consent\"");
        assertThat(of.desk(port).get(invite()).body()).contains("本人在手机上");
    }

    @Test
    void whoDeclinesIsToldWhatIsLeft() {
        of.code(1);
        of.code(2);
        Visitor phone = of.phone(port, 2);
        assertThat(does(phone, "decline", Map.of()).status()).isEqualTo(303);
        for (int party : List.of(1, 2)) {
            assertThat(of.phone(port, party).get("/follow/" + of.digits()).body()).as("party " + party).contains("没有调解成，您还可以", "申请仲裁", "主管机关", "人民法院起诉", "12348");
        }
        assertThat(of.desk(port).get(invite()).body()).contains("不愿意调解");
    }

    @Test
    void whoLeavesIsToldWhatIsLeft() {
        of.mediating();
        Visitor phone = of.phone(port, 1);
        assertThat(phone.get("/follow/" + of.digits() + "/act/leave").body()).contains("停止以后，调解结束");
        assertThat(does(phone, "leave", Map.of("reason", "不谈了")).status()).isEqualTo(303);
        assertThat(of.phone(port, 2).get("/follow/" + of.digits()).body()).contains("没有调解成，您还可以");
    }

    @Test
    void aNeighbourUnitInvitesNobody() {
        Visitor other = of.county.signedIn(new Visitor(port), of.county.townClerkB);
        other.get("/sign-in");
        assertThat(other.get(invite()).status()).isEqualTo(404);
        assertThat(other.post(invite() + "/2", Map.of("how", "paper")).status()).isEqualTo(404);
    }
}
