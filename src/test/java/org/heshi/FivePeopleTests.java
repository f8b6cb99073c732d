package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.heshi.Browser.Visit;
import org.heshi.DemoVisits.Receipt;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Handling;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.identity.Accounts;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.templates.Template;
import org.heshi.matters.templates.Templates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * One matter of the demo county from a resident's telephone to its verified close, opened again and closed a second time: resident, clerk, dispatcher,
 * handler and verifier, each in a browser of their own. Axe and the width are asked of every page on the way; the pictures stand in the documents.
 */
@DemoTest
class FivePeopleTests {

    /** Noise from a building site: the county's rule gives it to the bureau where the demo's handler works, with another bureau to help. */
    private static final String NOISE = "030302";

    private static final UUID TEMPLATE = UUID.randomUUID();

    @LocalServerPort
    int port;
    @Autowired
    InstantSource clock;
    @Autowired
    Accounts accounts;
    @Autowired
    Divisions divisions;
    @Autowired
    Directory directory;
    @Autowired
    Templates templates;

    DemoVisits visits;

    /** A telephone without scripts and an office with them; with {@code heshi.full} the other two as well. */
    static Stream<Arguments> browsers() {
        List<Arguments> browsers = new ArrayList<>(List.of(Arguments.of(360, false), Arguments.of(1280, true)));
        if (Boolean.getBoolean("heshi.full")) {
            browsers.addAll(List.of(Arguments.of(360, true), Arguments.of(1280, false)));
        }
        return browsers.stream();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void takeAMatterFromReportToVerifiedCloseAndOnceMore(int width, boolean scripts) {
        visits = new DemoVisits(port, width, scripts);
        Division village = DemoVisits.village(divisions);
        Handling handling = directory.whoHandles(NOISE, village.code()).orElseThrow();
        keepTemplate(handling);

        Receipt receipt = reports(village);
        String number = MatterNumber.parse(receipt.number()).orElseThrow().digits();
        confirms(number, village);
        sorts(number);
        assigns(number, handling, true);
        handles(number, "已责令工地停止夜间打桩，设备降噪后经现场检测达标。", true);
        answers(number, "您反映的夜间施工问题已处理：工地已停止夜间打桩，并接受了处罚。", true);
        verifies(number, true);
        follows(receipt);

        assigns(number, handling, false);
        handles(number, "当晚到现场复查，对再次施工立案处罚。", false);
        answers(number, "昨夜再次施工已立案，并安排每晚巡查。", false);
        verifies(number, false);
        try (Visit visit = visits.entering(receipt)) {
            assertThat(visit.page().innerText("main")).contains("已办结", "昨夜再次施工已立案，并安排每晚巡查。", "反映人要求重新办理");
        }
    }

    private Receipt reports(Division village) {
        try (Visit visit = visits.stranger()) {
            Page page = visit.go("/");
            visit.show("home");
            page.click("a.btn[href='/report']");
            page.fill("[name=title]", "工地半夜还在打桩");
            page.fill("[name=description]", "村东新建厂房的工地，连着四个晚上过了十一点还在打桩，\n家里老人和孩子都睡不着。希望夜里不要施工。");
            visit.show("report-1");
            page.click("button.btn-primary[value=next]");
            page.fill("#place", village.name());
            if (visits.scripts()) {
                page.waitForSelector("#place-found input[type=radio]");
            } else {
                page.click("button[name=find][value=place]");
            }
            page.check("#place-found input[value='" + village.code() + "']");
            page.fill("[name=place-words]", "村东新厂房，公交站往里三百米");
            visit.show("report-2");
            page.click("button.btn-primary[value=next]");
            page.fill("[name=name]", "王小明");
            page.fill("[name=phone]", "13800000000");
            page.setInputFiles("[name=files]", new FilePayload("夜里的工地.jpg", "image/jpeg", buildingSiteAtNight()));
            if (visits.scripts()) {
                page.waitForSelector("#files-preview img");
            }
            visit.show("report-3");
            page.click("button.btn-primary[value=send]");
            assertThat(page.url()).contains("/report/done");
            visit.show("receipt");
            assertThat(page.locator("svg.qr path").count()).isOne();
            return Receipt.on(page);
        }
    }

    private void confirms(String number, Division village) {
        try (Visit visit = visits.staff("clerk")) {
            Page page = open(visit, number);
            assertThat(page.innerText("h1")).isEqualTo("工地半夜还在打桩");
            assertThat(page.innerText("main")).contains("待登记", village.name(), "王**", "138****00").doesNotContain("王小明", "13800000000");
            page.click("form.unmask button");
            assertThat(page.innerText("main")).contains("王小明", "13800000000");
            visit.check("contacts");
            open(visit, number);
            assertThat(((Number) page.evaluate("""
                    async () => { const image = document.querySelector('main .thumbs img'); image.scrollIntoView(); image.loading = 'eager';
                      await image.decode(); return image.naturalWidth; }""")).intValue()).isPositive();
            assertThat(page.locator("a[href$='/act/verify'], a[href$='/act/answer']").count()).isZero();
            page.click("a[href$='/act/confirm']");
            page.check("[name=level][value=yellow]");
            visit.check("confirm");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("待分类");
            visit.go("/desk/register");
            visit.show("register");
        }
    }

    private void sorts(String number) {
        try (Visit visit = visits.staff("dispatcher")) {
            Page page = visit.go("/queue");
            visit.show("queue");
            page.click("a[href='/matters/" + number + "']");
            page.click("a[href$='/act/sort']");
            page.check("[name=kind][value=service]");
            page.selectOption("[name=category]", NOISE);
            page.check("[name=level][value=yellow]");
            visit.check("sort");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("待交办");
        }
    }

    private void assigns(String number, Handling handling, boolean look) {
        try (Visit visit = visits.staff("dispatcher")) {
            Page page = open(visit, number);
            page.click("a[href$='/act/assign']");
            assertThat(page.innerText(".suggestion")).contains(handling.lead().name());
            page.click("a[href$='use=suggestion']");
            if (look) {
                DemoVisits.send(page);
                assertThat(page.innerText(".errors")).contains("请填写此项");
                visit.check("assign-refused");
                page.click("a[href$='use=suggestion']");
            }
            page.fill("[name=reason]", "夜间施工噪声由综合行政执法局查处，住房和城乡建设局配合督促施工单位。请三日内到现场。");
            if (look) {
                visit.show("assign");
            }
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("待签收", handling.lead().name(), handling.helpers().getFirst().name());
        }
    }

    private void handles(String number, String done, boolean look) {
        try (Visit visit = visits.staff("handler")) {
            Page page = visit.go("/queue");
            if (look) {
                visit.check("queue-of-the-handler");
            }
            page.check("tr:has(a[href='/matters/" + number + "']) [name=pick]");
            page.click(".bulk button[type=submit]");
            assertThat(page.innerText("[role=status]")).contains("已签收 1 件");
            page.click("a[href='/matters/" + number + "']");
            if (look) {
                visit.show("matter");
            }
            page.click("a[href$='/act/handle']");
            page.fill("[name=done]", done);
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("已办理，待答复");
        }
    }

    private void answers(String number, String words, boolean look) {
        try (Visit visit = visits.staff("handler")) {
            Page page = open(visit, number);
            page.click("a[href$='/act/answer']");
            page.fill("[name=answer]", words);
            if (look) {
                page.selectOption("[name=template]", new SelectOption().setLabel("感谢监督"));
                page.click("button[name=fill]");
                assertThat(page.inputValue("[name=answer]")).isEqualTo(words + "\n感谢您的监督，如有反复请随时告诉我们。");
                visit.show("answer");
            }
            DemoVisits.send(page);
            // who answered does not check
            assertThat(page.innerText("main")).contains("已答复，待核查", "现在没有需要您办理的步骤");
        }
    }

    private void verifies(String number, boolean look) {
        try (Visit visit = visits.staff("verifier")) {
            Page page = open(visit, number);
            page.click("a[href$='/act/verify']");
            page.check("[name=asked][value=asked]");
            page.check("[name=resolved][value=yes]");
            page.check("[name=satisfied][value=yes]");
            page.check("[name=outcome][value=resolved]");
            if (look) {
                page.fill("[name=finding]", "已电话询问反映人，连续三晚没有再施工。");
                visit.show("verify");
            }
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("已办结", "已解决", "这件事已经办结");
            if (look) {
                visit.check("closed");
            }
        }
    }

    private void follows(Receipt receipt) {
        try (Visit visit = visits.entering(receipt)) {
            Page page = visit.page();
            visit.show("follow");
            // the whole way in plain words, and the answer
            assertThat(page.innerText("main")).contains("工作人员已登记", "已分类，转入相应程序", "已交有关单位办理", "办理单位已签收", "办理单位已办理", "已答复反映人",
                    "经他人核查后办结", "工地已停止夜间打桩，并接受了处罚。", "已解决", "前可以要求重新办理");
            page.click("a[href$='/act/rate']");
            visit.check("rate");
            page.check("input[name=rating][value='5']");
            page.click("form .btn-primary");
            assertThat(page.innerText("main")).contains("非常满意");
            page.click("a[href$='/act/reopen']");
            page.fill("[name=reason]", "昨天夜里又开始打桩了。");
            visit.check("reopen");
            page.click("form .btn-primary");
            assertThat(page.innerText("main")).contains("昨天夜里又开始打桩了。", "已受理，正在确定办理单位");
        }
    }

    /** Finds the matter in the queue: nobody is told an address. */
    private static Page open(Visit visit, String number) {
        Page page = visit.go("/queue");
        page.click("a[href='/matters/" + number + "']");
        return page;
    }

    private void keepTemplate(Handling handling) {
        Accounts.Account account = accounts.findByName("admin").orElseThrow();
        Actor administrator = new Actor.Staff(directory.heldPosts(account.person(), clock.instant()).getFirst());
        Acting.run(administrator, () -> templates.keep(new Template(TEMPLATE, Optional.of(handling.lead().id()), "answer", "感谢监督",
                "感谢您的监督，如有反复请随时告诉我们。", false)));
    }

    /** Drawn here and now: a sky, a hoarding, a crane. */
    private static byte[] buildingSiteAtNight() {
        BufferedImage image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setPaint(new GradientPaint(0, 0, new Color(0x101c30), 0, 900, new Color(0x3a4a63)));
        g.fillRect(0, 0, 1200, 900);
        g.setColor(new Color(0x1b2230));
        g.fillRect(150, 330, 330, 400);
        g.setColor(new Color(0xf2cf73));
        for (int i = 0; i < 12; i++) {
            g.fillRect(190 + i % 3 * 90, 370 + i / 3 * 85, 50, 45);
        }
        g.setColor(new Color(0xd9902f));
        g.fillRect(740, 120, 26, 610);
        g.fillRect(520, 150, 520, 20);
        g.fillRect(560, 170, 6, 220);
        g.setColor(new Color(0x2d6a8a));
        g.fillRect(0, 700, 1200, 90);
        g.setColor(new Color(0x262626));
        g.fillRect(0, 790, 1200, 110);
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "JPEG", bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
