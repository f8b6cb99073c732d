package org.heshi.matters;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.heshi.Browser;
import org.heshi.Browser.Visit;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.kernel.MatterNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The clerk registers what somebody brings, in a browser. The rest of the way is walked in {@link org.heshi.FivePeopleTests}. */
@HeshiTest
class AtTheWindowInABrowserTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visit as(County.Member member, int width, boolean scripts) {
        Browser.Setup setup = Browser.visit(port);
        return (width < 500 ? setup.narrow() : setup.wide()).withScripts(scripts).open().signedIn(county.account(member), People.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"360,true", "360,false", "1280,true", "1280,false"})
    void registersWhatSomebodyBringsToTheWindow(int width, boolean scripts) {
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
            String number = MatterNumber.parse(page.innerText("[data-number]")).orElseThrow().digits();
            visit.go("/queue");
            assertThat(page.locator("a[href='/matters/" + number + "']").innerText()).isEqualTo("甲一村村口路灯不亮");
        }
    }

    @Test
    void registersByKeyboardAlone() {
        try (Visit visit = as(county.clerk, 1280, true)) {
            Page page = visit.go("/desk/register");
            // the browser sets the focus when it paints, which may be after the page is loaded
            page.waitForSelector("[name=title]:focus");
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
