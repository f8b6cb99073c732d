package org.heshi.matters.mine;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Throttle;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Forgetting;
import org.heshi.matters.Matters.Answer;
import org.heshi.notices.code.SmsServer;
import org.heshi.notices.mail.MailSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A resident's account, by codes that come through a real SMS interface and a real mail server. */
@HeshiTest
class MyMattersTests {

    private static final String MINE = "/follow/mine";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private SmsServer sms;
    private FollowedMatter staff;
    private String telephone;
    private Visitor me;

    @BeforeEach
    void aTelephone() throws Exception {
        sms = new SmsServer(context);
        staff = FollowedMatter.inAVillage(context);
        telephone = "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        me = new Visitor(port);
    }

    @AfterEach
    void off() {
        sms.close();
    }

    private Visitor.Answer ask(Visitor visitor, String contact) {
        visitor.get(MINE);
        return visitor.post(MINE + "/code", Map.of("contact", contact));
    }

    private Visitor.Answer type(Visitor visitor, String code) {
        visitor.get(MINE + "/code");
        return visitor.post(MINE + "/enter", Map.of("code", code));
    }

    private Visitor enter(Visitor visitor, String number) throws Exception {
        ask(visitor, number);
        SmsServer.Message message = sms.next();
        assertThat(message.number()).isEqualTo("+86" + telephone);
        assertThat(type(visitor, message.variables().getFirst()).location()).isEqualTo(MINE);
        return visitor;
    }

    private Visitor.Answer add(Visitor visitor, Answer.Done matter) {
        visitor.get(MINE);
        return visitor.post(MINE + "/add", Map.of("number", matter.number().shown(), "code", matter.code().orElseThrow()));
    }

    private long count(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }

    @Test
    void holdWhatWasAddedWithItsOwnCodeAndNothingElseOfThatTelephone() throws Exception {
        Answer.Done mine = staff.report(Map.of("title", "我加进来的", "phone", telephone));
        Answer.Done notAdded = staff.report(Map.of("title", "同一个号码的另一件", "phone", telephone));
        enter(me, " +86 " + telephone.substring(0, 3) + "-" + telephone.substring(3));
        assertThat(me.get(MINE).body()).contains("还没有事项").doesNotContain("我加进来的", "同一个号码的另一件", telephone);

        assertThat(me.post(MINE + "/add", Map.of("number", mine.number().digits(), "code", "ABCDEFGH")).status()).isEqualTo(422);
        assertThat(add(me, mine).location()).isEqualTo(MINE);
        assertThat(me.get(MINE).body()).contains("我加进来的", mine.number().shown()).doesNotContain("同一个号码的另一件");

        assertThat(me.post(MINE + "/open", Map.of("number", notAdded.number().digits())).location()).isEqualTo("/follow");
        assertThat(me.post(MINE + "/open", Map.of("number", mine.number().digits())).location()).isEqualTo("/follow/" + mine.number().digits());
        assertThat(me.get("/follow/" + mine.number().digits()).body()).contains("我加进来的", "href=\"/follow/mine\"");

        // the same telephone on another day, written another way
        Visitor again = enter(new Visitor(port), "０" + "０86" + telephone);
        assertThat(again.get(MINE).body()).contains("我加进来的");
        again.post(MINE + "/remove", Map.of("number", mine.number().digits()));
        assertThat(again.get(MINE).body()).doesNotContain("我加进来的");
    }

    @Test
    void answerAlikeForEveryNumberAndGiveNobodyMoreThanItsShare() throws Exception {
        Visitor known = enter(new Visitor(port), telephone);
        known.post("/follow/leave", Map.of());
        String unknown = "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        List<String> answers = new ArrayList<>();
        for (String number : List.of(telephone, unknown)) {
            Visitor visitor = new Visitor(port);
            Visitor.Answer answer = ask(visitor, number);
            assertThat(sms.next().variables().getFirst()).matches("\\d{6}");
            String page = visitor.get(answer.location()).body();
            Visitor.Answer wrong = type(visitor, "12345");
            answers.add(answer.status() + answer.location() + plain(page) + wrong.status() + plain(wrong.body()));
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1)).doesNotContain(telephone);

        // four in an hour to one number; what asks for more is answered alike, and nothing is sent
        for (int i = 0; i < 3; i++) {
            ask(new Visitor(port), telephone);
        }
        Visitor fifth = new Visitor(port);
        Visitor.Answer more = ask(fifth, telephone);
        assertThat(more.location()).isEqualTo(MINE + "/code");
        sms.next();
        sms.next();
        ask(fifth, unknown);
        assertThat(sms.next().number()).as("what came after the fourth").isEqualTo("+86" + unknown);
    }

    @Test
    void sayToEverybodyAlikeWhenNoMoreMailsAreSent() {
        Throttle throttle = context.getBean(Throttle.class);
        int taken = 0;
        try {
            while (taken < 2_100 && throttle.tryTake("mine-mail", "all", 2_000, Duration.ofDays(1))) {
                taken++;
            }
            for (String somebody : List.of("a" + telephone + "@example.org", "b" + telephone + "@example.org")) {
                Visitor.Answer answer = ask(new Visitor(port), somebody);
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.body()).contains("今天能发送的验证码已经用完");
            }
        } finally {
            for (; taken > 0; taken--) {
                throttle.giveBack("mine-mail", "all", 2_000, Duration.ofDays(1));
            }
        }
    }

    @Test
    void openToFiveTriesAndTheBrowserThatAskedAndOnce() throws Exception {
        ask(me, telephone);
        String code = sms.next().variables().getFirst();
        String wrong = code.equals("000000") ? "000001" : "000000";
        Visitor stranger = new Visitor(port);
        stranger.get(MINE);
        assertThat(type(stranger, code).status()).as("another browser").isEqualTo(422);
        for (int i = 0; i < 4; i++) {
            assertThat(type(me, wrong).status()).isEqualTo(422);
        }
        assertThat(type(me, code).location()).isEqualTo(MINE);
        assertThat(type(me, code).status()).as("a second time").isNotEqualTo(303);

        ask(me, telephone);
        code = sms.next().variables().getFirst();
        for (int i = 0; i < 5; i++) {
            type(me, code.equals("000000") ? "000001" : "000000");
        }
        assertThat(type(me, code).status()).as("after five wrong ones").isEqualTo(422);
        assertThat(count("select count(*) from matters.resident_code where tries > 5")).isZero();
    }

    @Test
    void forgetACodeAfterTenMinutes() throws Exception {
        ask(me, telephone);
        String code = sms.next().variables().getFirst();
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("update matters.resident_code set expires_at = expires_at - interval '10 minutes'");
        }
        assertThat(type(me, code).status()).isEqualTo(422);
        context.getBean(ResidentAccounts.class).forget();
        assertThat(count("select count(*) from matters.resident_code where expires_at < now()")).isZero();
    }

    @Test
    void keepNoNumberAndNoCodeInAnyTable() throws Exception {
        ask(me, telephone);
        String code = sms.next().variables().getFirst();
        type(me, code);
        for (String table : List.of("matters.resident_account", "matters.resident_code", "matters.resident_matter", "identity.session")) {
            assertThat(count("select count(*) from " + table + " t where t::text like '%" + telephone + "%' or position('" + telephone
                    + "'::bytea in convert_to(t::text, 'UTF8')) > 0")).as(table).isZero();
        }
    }

    @Test
    void stopHoldingAMatterThatGotAnotherCode() throws Exception {
        Answer.Done matter = staff.report(Map.of("title", "换了查询码"));
        enter(me, telephone);
        add(me, matter);
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("update matters.party set code_hmac = sha256(code_hmac) where matter = '" + matter.matter() + "'");
        }
        assertThat(me.get(MINE).body()).doesNotContain("换了查询码");
        assertThat(me.post(MINE + "/open", Map.of("number", matter.number().digits())).location()).isEqualTo("/follow");
        assertThat(count("select count(*) from matters.resident_matter where matter = '" + matter.matter() + "'")).as("takes no place").isZero();
    }

    @Test
    void loseAMatterThatIsErased() throws Exception {
        Answer.Done matter = staff.report(Map.of("title", "以后要删除的"));
        enter(me, telephone);
        add(me, matter);
        assertThat(context.getBean(ForgottenAccounts.class).forget(new Forgetting.Forgotten(matter.matter(), matter.number(), java.util.Set.of()))).isTrue();
        assertThat(me.get(MINE).body()).doesNotContain("以后要删除的");
        assertThat(count("select count(*) from matters.resident_matter where matter = '" + matter.matter() + "'")).isZero();
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("update matters.matter set erased_at = now() where id = '" + matter.matter() + "'");
        }
        Visitor.Answer again = add(me, matter);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("已经依法删除");
        assertThat(count("select count(*) from matters.resident_matter where matter = '" + matter.matter() + "'")).as("nor again").isZero();
    }

    @Test
    void endHereEverywhereAndForGood() throws Exception {
        Answer.Done matter = staff.report(Map.of("title", "公用电脑上的事"));
        enter(me, telephone);
        add(me, matter);
        me.post(MINE + "/open", Map.of("number", matter.number().digits()));
        me.get("/follow/" + matter.number().digits());
        me.post("/follow/leave", Map.of());
        assertThat(me.get(MINE).body()).contains("name=\"contact\"").doesNotContain("公用电脑上的事");
        assertThat(me.get("/follow/" + matter.number().digits()).body()).doesNotContain("公用电脑上的事");

        Visitor there = enter(new Visitor(port), telephone);
        Visitor here = enter(new Visitor(port), telephone);
        here.get(MINE);
        here.post(MINE + "/end-visits", Map.of());
        assertThat(there.get(MINE).body()).contains("name=\"contact\"");

        Visitor last = enter(new Visitor(port), telephone);
        last.get(MINE);
        assertThat(last.post(MINE + "/delete", Map.of()).status()).isEqualTo(422);
        assertThat(last.post(MINE + "/delete", Map.of("sure", "yes")).location()).isEqualTo("/follow");
        assertThat(count("select count(*) from matters.resident_matter where matter = '" + matter.matter() + "'")).isZero();
        assertThat(new Visitor(port).get("/follow").body()).contains(MINE);
    }

    @Test
    void endWhatIsOpenOnOtherDevicesToo() throws Exception {
        Answer.Done matter = staff.report(Map.of("title", "别处还开着的事"));
        String page = "/follow/" + matter.number().digits();
        Visitor there = enter(new Visitor(port), telephone);
        add(there, matter);
        there.get(MINE);
        there.post(MINE + "/open", Map.of("number", matter.number().digits()));
        assertThat(there.get(page).body()).contains("别处还开着的事");
        Visitor here = enter(new Visitor(port), telephone);
        here.get(MINE);
        here.post(MINE + "/end-visits", Map.of());
        assertThat(there.get(page).body()).as("left everywhere").doesNotContain("别处还开着的事");

        Visitor again = enter(new Visitor(port), telephone);
        again.get(MINE);
        again.post(MINE + "/open", Map.of("number", matter.number().digits()));
        assertThat(again.get(page).body()).contains("别处还开着的事");
        Visitor last = enter(new Visitor(port), telephone);
        last.get(MINE);
        last.post(MINE + "/delete", Map.of("sure", "yes"));
        assertThat(again.get(page).body()).as("the account is deleted").doesNotContain("别处还开着的事");

        Visitor byCode = new Visitor(port);
        byCode.get("/follow");
        byCode.post("/follow", Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow()));
        assertThat(byCode.get(page).body()).contains("别处还开着的事");
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("update matters.party set code_hmac = sha256(code_hmac) where matter = '" + matter.matter() + "'");
        }
        assertThat(byCode.get(page).body()).as("another code").doesNotContain("别处还开着的事");
    }

    @Test
    void isPlainOnASmallTelephoneWithoutScriptsInBothLanguages() throws Exception {
        Answer.Done matter = staff.report(Map.of("title", "路灯坏了"));
        GreenMail mail = new GreenMail(new ServerSetup(context.getBean(MailSettings.class).port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        String address = "someone" + telephone + "@example.org";
        try {
            for (boolean english : new boolean[] {false, true}) {
                mail.purgeEmailFromAllMailboxes();
                Browser.Setup setup = Browser.visit(port).narrow().withoutScripts();
                try (Browser.Visit visit = (english ? setup.inEnglish() : setup).open()) {
                    String language = english ? "-en" : "";
                    Page page = visit.go("/follow");
                    page.click("a[href='/follow/mine']");
                    page.click("main form .btn-primary");
                    visit.check("mine-refused" + language);
                    page.fill("#contact", address.toUpperCase());
                    page.click("main form .btn-primary");
                    visit.check("mine-code" + language);
                    assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
                    var letter = mail.getReceivedMessages()[0];
                    Matcher code = Pattern.compile("\\b\\d{6}\\b").matcher(letter.getContent().toString());
                    assertThat(code.find()).isTrue();
                    assertThat(letter.getSubject()).doesNotContainPattern("\\d").isEqualTo(english ? "The code you asked for" : "您要的验证码");
                    page.fill("#code", code.group());
                    page.click("main form .btn-primary");
                    if (!english) {
                        visit.check("mine-empty");
                        page.fill("#number", matter.number().shown());
                        page.fill("#code", matter.code().orElseThrow());
                        page.click("form[action='/follow/mine/add'] button");
                    }
                    visit.check("mine" + language);
                    assertThat(page.innerText("main")).contains("路灯坏了");
                    page.click("form[action='/follow/leave'] button");
                    assertThat(page.url()).endsWith("/follow");
                }
            }
        } finally {
            mail.stop();
        }
    }

    private static String plain(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }
}
