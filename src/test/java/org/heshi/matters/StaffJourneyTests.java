package org.heshi.matters;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.Browser;
import org.heshi.Browser.Visit;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.templates.Template;
import org.heshi.matters.templates.Templates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Clerk, dispatcher, handler and verifier take one matter from the window to its verified close, in a browser. */
@HeshiTest
class StaffJourneyTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Templates templates;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
        county.as(county.administrator, () -> {
            templates.keep(new Template(UUID.randomUUID(), Optional.of(county.roads.id()), "answer", "路灯已修复", "您反映的路灯已经修复，感谢您的监督。", false));
            return null;
        });
    }

    private Visit as(County.Member member, int width, boolean scripts) {
        Browser.Setup setup = Browser.visit(port);
        return (width < 500 ? setup.narrow() : setup.wide()).withScripts(scripts).open().signedIn(county.account(member), People.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"360,true", "360,false", "1280,true", "1280,false"})
    void goesFromTheWindowToItsVerifiedClose(int width, boolean scripts) {
        String number = registers(width, scripts);
        dispatches(number, width, scripts);
        handles(number, width, scripts);
        verifies(number, width, scripts);
        try (Visit visit = as(county.supervisor, width, scripts)) {
            visit.go("/board");
            visit.check("staff-board");
            visit.go("/matters");
            visit.check("staff-matters");
        }
        try (Visit visit = as(county.administrator, width, scripts)) {
            visit.go("/templates");
            visit.check("staff-templates");
            visit.go("/templates/new");
            visit.check("staff-template");
        }
    }

    private String registers(int width, boolean scripts) {
        try (Visit visit = as(county.clerk, width, scripts)) {
            Page page = visit.go("/desk/register");
            visit.check("staff-register");
            page.fill("[name=title]", "甲一村村口路灯不亮");
            page.fill("[name=description]", "村口的路灯坏了三天，晚上老人出门看不清路，希望尽快修好。");
            page.fill("[name='category.find']", "宅基地使用");
            page.fill("[name='place.find']", "甲一村第一网格");
            page.fill("[name=name]", "王小明");
            page.fill("[name=phone]", "13800000000");
            page.click("button[accesskey=s]");
            visit.check("staff-receipt");
            return MatterNumber.parse(page.innerText("[data-number]")).orElseThrow().digits();
        }
    }

    private void dispatches(String number, int width, boolean scripts) {
        Way.registered(context, county, county.clerk, "化肥厂排水沟有异味", Map.of("level", "red"));
        Way.registered(context, county, county.clerk, "文化礼堂借用怎么申请", Map.of("level", "yellow"));
        try (Visit visit = as(county.dispatcher, width, scripts)) {
            Page page = visit.go("/queue");
            visit.check("staff-queue");
            page.click("a[href='/matters/" + number + "']");
            visit.check("staff-matter");
            page.click("a[href$='/act/sort']");
            page.check("[name=kind][value=service]");
            page.selectOption("[name=category]", County.ROADS);
            page.check("[name=level][value=yellow]");
            visit.check("staff-sort");
            page.click("main form .actions .btn-primary");
            page.click("a[href$='/act/assign']");
            visit.check("staff-assign");
            page.click("a[href$='use=suggestion']");
            page.click("main form .actions .btn-primary");
            assertThat(page.innerText(".errors")).isNotBlank();
            visit.check("staff-assign-refused");
            page.fill("[name=reason]", "道路照明由道路局负责，请水务局协助查看排水井盖。");
            page.click("main form .actions .btn-primary");
            assertThat(page.innerText("main")).contains(county.roads.name(), "待签收");
        }
    }

    private void handles(String number, int width, boolean scripts) {
        try (Visit visit = as(county.handler, width, scripts)) {
            Page page = visit.go("/queue");
            visit.check("staff-queue-handler");
            page.check("[name=pick]");
            page.click(".bulk button[type=submit]");
            assertThat(page.innerText("[role=status]")).contains("已签收 1 件");
            page.click("a[href='/matters/" + number + "']");
            page.click("a[href$='/act/handle']");
            page.fill("[name=done]", "已到现场更换灯泡和线路。");
            page.click("main form .actions .btn-primary");
            page.click("a[href$='/act/answer']");
            page.fill("[name=answer]", "王先生您好：");
            page.selectOption("[name=template]", new com.microsoft.playwright.options.SelectOption().setLabel("路灯已修复"));
            page.click("button[name=fill]");
            assertThat(page.inputValue("[name=answer]")).isEqualTo("王先生您好：\n您反映的路灯已经修复，感谢您的监督。");
            visit.check("staff-answer");
            page.click("main form .actions .btn-primary");
            assertThat(page.innerText("main")).contains("现在没有需要您办理的步骤");
        }
    }

    private void verifies(String number, int width, boolean scripts) {
        try (Visit visit = as(county.verifier, width, scripts)) {
            Page page = visit.go("/queue");
            page.click("a[href='/matters/" + number + "']");
            page.click("a[href$='/act/verify']");
            visit.check("staff-verify");
            page.check("[name=asked][value=asked]");
            page.check("[name=outcome][value=resolved]");
            page.click("main form .actions .btn-primary");
            visit.check("staff-closed");
            assertThat(page.innerText("main")).contains("已办结", "这件事已经办结");
        }
    }

    @Test
    void registersByKeyboardAlone() {
        try (Visit visit = as(county.clerk, 1280, true)) {
            Page page = visit.go("/desk/register");
            assertThat(focused(page)).isEqualTo("title");
            page.keyboard().type("村口路灯不亮");
            tabTo(page, "description");
            page.keyboard().type("坏了三天");
            tabTo(page, "category.find");
            page.keyboard().type("zjdsy");
            page.waitForSelector("#category-found input:checked");
            tabTo(page, "place.find");
            page.keyboard().type("甲一村第一网格");
            page.waitForSelector("#place-found input[value='" + county.gridA + "']");
            tabTo(page, "name");
            page.keyboard().type("王小明");
            tabTo(page, "phone");
            page.keyboard().type("13800000000");
            page.keyboard().press("Enter");
            page.waitForSelector("[data-code]");
            assertThat(page.innerText("main")).contains("甲一村第一网格");
            assertThat(page.evaluate("() => document.activeElement.getAttribute('href')")).isEqualTo("/desk/register");
            page.keyboard().press("Enter");
            page.waitForSelector("[name=title]");
            assertThat(focused(page)).isEqualTo("title");
        }
    }

    private static Object focused(Page page) {
        return page.evaluate("() => document.activeElement.name");
    }

    /** A practised clerk needs few strokes from field to field. */
    private static void tabTo(Page page, String name) {
        for (int i = 0; i < 6; i++) {
            page.keyboard().press("Tab");
            if (name.equals(focused(page))) {
                return;
            }
        }
        throw new AssertionError("six strokes of Tab do not lead to " + name + " but to " + focused(page));
    }
}
