package org.heshi.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.Browser;
import org.heshi.DemoTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.identity.Accounts;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.notices.StandIn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The whole job of a resident's account in the demo, as somebody has it who typed {@code ./run}: no telephone, no mail server, no scripts. */
@DemoTest
class SomebodyWhoTriesAnAccountTests {

    @LocalServerPort
    int port;
    @Autowired
    Matters matters;
    @Autowired
    Accounts accounts;
    @Autowired
    Directory directory;
    @Autowired
    InstantSource clock;
    @Autowired
    DemoPhone phone;

    private final int some = ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);

    @Test
    void findsTheCodeOnTheDemosTelephoneAndSeesTheirMattersTogether() {
        String mail = "some" + some + "@example.org";
        Answer.Done lamp = report("演示：村口路灯不亮", mail);
        Answer.Done road = report("演示：路面有坑", mail);
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open()) {
            Page page = visit.go("/demo/phone");
            visit.check("demo-phone");
            page = visit.go("/follow");
            page.click("a[href='/follow/mine']");
            visit.check("demo-mine-ask");
            page.fill("#contact", "139" + some);
            page.click("main form .btn-primary");
            page.click("main a[href='/demo/phone']");
            String message = page.locator("#messages > li", new Page.LocatorOptions().setHasText("+86139" + some)).innerText();
            visit.check("demo-phone-code");
            Matcher code = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)").matcher(message);
            assertThat(code.find()).isTrue();
            visit.go("/follow/mine/code");
            page.fill("#code", code.group());
            page.click("main form .btn-primary");
            for (Answer.Done matter : List.of(lamp, road)) {
                page.fill("#number", matter.number().shown());
                page.fill("#code", matter.code().orElseThrow());
                page.click("form[action='/follow/mine/add'] button");
            }
            assertThat(page.innerText("main")).contains("演示：村口路灯不亮", "演示：路面有坑");
        }
    }

    @Test
    void readsTheMailThatWouldTellThemOfNews() {
        String mail = "some" + some + "@example.org";
        Answer.Done lamp = report("演示：井盖缺失", mail);
        Accounts.Account clerk = accounts.findByName("clerk").orElseThrow();
        Actor.Staff staff = new Actor.Staff(directory.heldPosts(clerk.person(), clock.instant()).stream()
                .filter(held -> held.roles().contains(Role.WINDOW_CLERK)).findFirst().orElseThrow());
        assertThat(Acting.as(staff, () -> matters.act(Act.on(lamp.matter(), "confirm", Map.of(), 1, UUID.randomUUID().toString())))).isInstanceOf(Answer.Done.class);
        try (Browser.Visit visit = Browser.visit(port).wide().inEnglish().open()) {
            Page page = visit.go("/demo/phone");
            for (int i = 0; i < 60 && !page.innerText("main").contains(mail); i++) {
                page.waitForTimeout(250);
                page.reload();
            }
            visit.check("demo-phone-mail");
            assertThat(page.innerText("main")).contains(mail, "News on matter " + lamp.number().shown()).doesNotContain("井盖");
            page.locator("#messages li", new Page.LocatorOptions().setHasText(mail)).locator("a").first().click();
            assertThat(page.url()).endsWith("/follow/" + lamp.number().digits());
        }
    }

    @Test
    void findsTheLastDozensAndNoMoreAndTheirOwnAlthoughOfficesGetMany() {
        take("+86139" + some, "我的");
        for (int i = 0; i < DemoPhone.MOST + 20; i++) {
            take("office@example.org", "第 " + i + " 条");
        }
        assertThat(phone.messages()).hasSize(DemoPhone.MOST);
        assertThat(new Visitor(port).get("/demo/phone").body()).contains("第 " + (DemoPhone.MOST + 19) + " 条", "我的").doesNotContain("第 0 条");
    }

    private void take(String to, String text) {
        phone.take(new StandIn.Sent(true, to, List.of(new StandIn.Words(Locale.SIMPLIFIED_CHINESE, "", text)), clock.instant()));
    }

    private Answer.Done report(String title, String mail) {
        Map<String, Object> input = new HashMap<>(Map.of("title", title, "description", "虚构的事项。", "place", "330681109", "email", mail));
        return (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, UUID.randomUUID().toString())));
    }
}
