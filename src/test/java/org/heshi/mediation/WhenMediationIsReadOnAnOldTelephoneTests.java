package org.heshi.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.kernel.CivilTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** One side has a telephone of 360 px without scripts, the other writes its name on the screen: both come from the first question to what was promised. */
@HeshiTest
class WhenMediationIsReadOnAnOldTelephoneTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    CaseOfTwo of;

    private String own() {
        return "/follow/" + of.digits();
    }

    private void enter(Browser.Visit visit, int party) {
        Page page = visit.go("/follow");
        page.fill("#number", of.digits());
        page.fill("#code", of.codes.get(party));
        page.click("main button[type=submit]");
        page.waitForURL("**" + own());
    }

    private static void send(Browser.Visit visit) {
        visit.page().click("main form[method=post] .btn-primary");
    }

    private static byte[] signature() throws IOException {
        BufferedImage paper = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = paper.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 400, 200);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(5));
        pen.drawLine(30, 30, 350, 170);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(paper, "png", out);
        return out.toByteArray();
    }

    @Test
    void fromTheFirstQuestionToWhatWasPromised() throws IOException {
        of = CaseOfTwo.takenUp(context);
        of.code(1);
        of.code(2);
        of.county.account(of.mediator);
        People.Somebody mediator = new People.Somebody(of.mediator.person(), of.mediator.post(), of.mediator.unit().id(), of.mediator.account());
        of.says(1, "consent", Map.of("told", "true", "open", "closed"));
        try (Browser.Visit old = Browser.visit(port).narrow().withoutScripts().open();
                Browser.Visit other = Browser.visit(port).narrow().open();
                Browser.Visit desk = Browser.visit(port).narrow().open().signedInAs(mediator)) {
            desk.go("/mediation/" + of.digits() + "/invite");
            desk.page().click("#party-2 ~ details summary");
            desk.check("mediation-invite");
            desk.page().check("#how-2");
            desk.page().click("#party-2 ~ details button[type=submit]");
            desk.check("mediation-invitation");

            enter(old, 2);
            old.check("mediation-asked");
            old.go(own() + "/act/decline");
            old.check("mediation-decline");
            old.go(own() + "/act/consent");
            old.check("mediation-consent");
            send(old);
            old.check("mediation-consent-refused");
            old.page().check("[name=told]");
            old.page().check("[name=open][value=closed]");
            send(old);
            assertThat(of.dispute().participants()).allSatisfy(one -> assertThat(one.consentedAt()).isPresent());
            of.does("appoint", Map.of("mediator", of.mediator.post().toString(), "how", "appointed", "no-interest", "true")).does("willing", Map.of());

            for (String action : List.of("object", "evidence", "leave")) {
                old.go(own() + "/act/" + action);
                old.check("mediation-" + action);
            }
            old.go(own() + "/act/offer");
            assertThat(old.page().innerText("main form")).contains("申请人 王**").doesNotContain("王小明");
            old.page().check("[name=to][value='1']");
            old.page().fill("[name=offer]", "退让两尺，各出一半砖钱");
            old.page().fill("[name=amount]", "600");
            old.check("mediation-offer");
            send(old);
            enter(other, 1);
            assertThat(other.page().innerText("main")).contains("退让两尺，各出一半砖钱");

            of.drafted("退让两尺");
            old.go(own());
            old.check("mediation-to-be-signed");
            old.go(own() + "/act/sign");
            assertThat(old.page().url()).endsWith("/sign");
            assertThat(old.page().isVisible("canvas")).as("nothing to write in without scripts").isFalse();
            old.check("mediation-sign");
            send(old);
            old.check("mediation-sign-refused");
            old.page().check("[name=read]");
            old.page().setInputFiles("#signature", new FilePayload("签名.png", "image/png", signature()));
            send(old);
            old.check("mediation-signed");

            desk.go("/mediation/" + of.digits() + "/signing");
            desk.check("mediation-signing");
            desk.page().click("form[action$='/signing/1'] button");
            desk.check("mediation-link");
            String link = desk.page().innerText("[data-address]").replaceFirst("^.*(/sign/)", "$1");
            try (Browser.Visit phone = Browser.visit(port).narrow().open()) {
                phone.go(link);
                phone.check("mediation-link-opened");
                phone.page().fill("#code", of.codes.get(1));
                send(phone);
                phone.page().check("[name=read]");
                phone.check("mediation-sign-by-hand");
                phone.page().locator("canvas").scrollIntoViewIfNeeded();
                BoundingBox field = phone.page().locator("canvas").boundingBox();
                phone.page().mouse().move(field.x + 30, field.y + 20);
                phone.page().mouse().down();
                phone.page().mouse().move(field.x + 150, field.y + 80);
                phone.page().mouse().move(field.x + 60, field.y + 90);
                phone.page().mouse().up();
                assertThat(phone.page().innerText("[data-sign-pad]")).contains("已写好");
                phone.page().click("main form[method=post] button[type=submit]");
                phone.page().waitForLoadState();
                assertThat(phone.page().innerText("main")).contains("您已签字");
                phone.go(link);
                phone.check("mediation-link-used");
            }
            of.inForce(context);
            old.go(own());
            old.check("mediation-in-force");
            for (String action : List.of("broken", "join-application", "story")) {
                old.go(own() + "/act/" + action);
                old.check("mediation-" + action);
            }
            other.go(own() + "/act/performed");
            other.check("mediation-performed");
            other.page().check("[name=which]");
            other.page().fill("[name=amount]", "1200.50");
            other.page().fill("[name=on]", CivilTime.dateOf(context.getBean(InstantSource.class).instant()).toString());
            send(other);
            assertThat(of.dispute().instalments()).allSatisfy(one -> assertThat(one.doneOn()).isPresent());
        }
    }
}
