package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Text that somebody managed to bring to a place where it becomes markup: in a real browser it runs nothing, and what htmx does goes on. */
@HeshiTest
class TrustedTypesTests {

    /** Each of these would run something, or make later markup run something, if nothing else stood in its way. */
    private static final List<String> WICKED = List.of("<img src=x onerror=\"window.ran=1\">", "<svg onload=\"window.ran=1\">", "<script>window.ran=1</script>",
            "<script src=\"/heshi.js\"></script>", "<iframe srcdoc=\"<script>top.ran=1</script>\"></iframe>", "<a href=\"javascript:window.ran=1\">x</a>",
            "<a href=\" java\tscript:window.ran=1\">x</a>", "<form action=\"JavaScript:window.ran=1\"><button>x</button></form>",
            "<svg><a xlink:href=\"javascript:window.ran=1\"><text>x</text></a></svg>", "<object data=\"data:text/html,x\"></object>",
            "<embed src=\"/x\">", "<base href=\"https://elsewhere.example/\">", "<meta http-equiv=\"refresh\" content=\"0;url=https://elsewhere.example/\">",
            "<svg><animate attributeName=\"href\" values=\"javascript:window.ran=1\"/></svg>", "<template><img src=x onerror=\"window.ran=1\"></template>",
            "<div hx-on:click=\"window.ran=1\">x</div>", "<details ontoggle=\"window.ran=1\" open>x</details>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.ran=1&gt;\" onerror=\"window.ran=1\">",
            "<body onpageshow=\"window.ran=1\">", "<button formaction=\"javascript:window.ran=1\">x</button>");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    private static Object put(Page page, String markup) {
        return page.evaluate("""
                markup => { const before = document.body.childElementCount;
                  try { const hole = document.createElement('div'); hole.innerHTML = markup; document.body.append(hole); return 'put'; }
                  catch (refused) { return refused.name; } }""", markup);
    }

    @Test
    void refusesMarkupThatWouldRunSomething() {
        try (var visit = Browser.visit(port).wide().open()) {
            Page page = visit.go("/");
            assertThat(page.evaluate("() => window.trustedTypes ? 'known' : 'unknown'")).isEqualTo("known");
            for (String markup : WICKED) {
                assertThat(put(page, markup)).as(markup).isEqualTo("TypeError");
            }
            assertThat(page.evaluate("() => window.ran || 'nothing ran'")).isEqualTo("nothing ran");
        }
    }

    @Test
    void letsHarmlessMarkupBe() {
        try (var visit = Browser.visit(port).wide().open()) {
            Page page = visit.go("/");
            assertThat(put(page, "<p class=\"x\">路灯 <b>坏了</b> onerror=1 javascript:</p><input value=\"a onclick=b\"><a href=\"/follow\">x</a>")).isEqualTo("put");
            assertThat(page.innerText("body")).contains("onerror=1 javascript:");
        }
    }

    @Test
    void makesNoScriptOfTextAndNoAddressOfOne() {
        try (var visit = Browser.visit(port).wide().open()) {
            Page page = visit.go("/");
            for (String way : List.of("document.createElement('script').src = '/heshi.js'", "document.createElement('script').text = 'window.ran=1'",
                    "document.createElement('script').textContent = 'window.ran=1'", "document.body.setAttribute('onclick', 'window.ran=1')",
                    "new DOMParser().parseFromString('<img src=x onerror=1>', 'text/html')", "document.write('<img src=x onerror=1>')", "window.setTimeout('window.ran=1', 0)",
                    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=1>')",
                    "trustedTypes.createPolicy('another', {createHTML: x => x})", "trustedTypes.createPolicy('default', {createHTML: x => x})")) {
                assertThat(page.evaluate("way => { try { " + way + "; return 'done'; } catch (refused) { return refused.name; } }", "")).as(way)
                        .isEqualTo("TypeError");
            }
            // where the policy is not asked, the content policy is
            page.evaluate("() => { const s = document.createElement('script'); s.append('window.ran=1'); document.body.append(s); }");
            page.waitForTimeout(50);
            assertThat(page.evaluate("() => window.ran || 'nothing ran'")).isEqualTo("nothing ran");
        }
    }

    @Test
    void letsHtmxFillItsPartsAsBefore() {
        try (var visit = Browser.visit(port).wide().open()) {
            Page page = visit.go("/places");
            page.locator("input[hx-get='/places']").pressSequentially("zhuji");
            page.waitForCondition(() -> page.locator("#places-found").innerText().contains("诸暨"));
            assertThat(page.url()).as("the part came without a new page").endsWith("/places");
            visit.check("places-trusted");
        }
    }

    @Test
    void leavesNothingInTheBrowsersStores() {
        People.Somebody clerk = new People(context).in(UnitType.CENTRE, "330681", Role.WINDOW_CLERK, Role.ADMINISTRATOR);
        try (var visit = Browser.visit(port).wide().open().signedInAs(clerk)) {
            for (String path : List.of("/queue", "/desk/register", "/account", "/admin/units", "/places")) {
                Page page = visit.go(path);
                assertThat(page.evaluate("async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + document.cookie.length"))
                        .as(path).isEqualTo(0);
                visit.check("stores" + path.replace('/', '-'));
            }
        }
    }
}
