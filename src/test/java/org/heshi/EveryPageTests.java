package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.heshi.Browser.Visit;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.identity.Accounts;
import org.heshi.matters.Endings;
import org.heshi.supervision.Eventually;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.heshi.matters.Matters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * The pages that no journey passes, with the demo county in them: in Chinese on a telephone and in English in an office. Axe finds nothing, nothing is
 * wider than the screen, and no English stands in the Chinese ones.
 */
@DemoTest
class EveryPageTests {

    private static final List<String> KINDS = List.of("intake", "grid-event", "service", "advice", "emergency", "hazard", "dispute", "petition", "stuck", "task");
    private static final String VILLAGE_TOWN = "330681109";

    /** Words of a page in Chinese that are in Latin letters and not marked as another language, as a code or as an address. */
    private static final String FOREIGN = """
            () => { const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const text = walker.currentNode.textContent.trim();
                if (/[A-Za-z]{3,}/.test(text.replace(/试验\\S+|“[\\w-]+”|Cookie|PDF|CSV|\\w*[.]?xlsx?|[\\w.-]+@[\\w.-]+|https?:\\S+/gi, ''))
                    && !walker.currentNode.parentElement.closest('[lang]:not(html), .code, script, style')) { found.push(text); }
              }
              return found.join(' | '); }""";

    /** How many headings of the first rank there are, and the foreign words of a page in Chinese. */
    private static final String SEEN = "() => [document.querySelectorAll('h1').length, document.documentElement.lang === 'zh-CN' ? (" + FOREIGN + ")() : '']";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Directory directory;
    @Autowired
    Accounts accounts;
    @Autowired
    InstantSource clock;

    private static final boolean FULL = Boolean.getBoolean("heshi.full");

    final SoftAssertions all = new SoftAssertions();

    static Stream<Arguments> browsers() {
        return Stream.of(Arguments.of(360, false), Arguments.of(1280, true));
    }

    private Visit open(int width, boolean english) {
        Browser.Setup setup = width == 360 ? Browser.visit(port).narrow() : Browser.visit(port).wide();
        return (english ? setup.inEnglish() : setup).open();
    }

    private Visit open(int width, boolean english, String name) {
        return open(width, english).signedIn(name, DemoTest.PASSWORD);
    }

    /** Everything that is wrong with the page is told at the end, with what is wrong with the others. */
    private void look(Visit visit, String picture) {
        Page page = visit.page();
        if (Browser.PICTURES) {
            visit.take("every-" + picture);
        }
        // on a telephone every page in each run; at a desk, where it is the same markup with more room, a sixth of them, and all in the full one
        if (FULL || page.viewportSize().width == 360 || Math.floorMod(picture.hashCode(), 6) == 0) {
            all.check(visit::accessible);
        }
        all.check(visit::fits);
        // asked at once: each question to the browser goes through three processes
        List<?> seen = (List<?>) page.evaluate(SEEN);
        all.assertThat(seen.getFirst()).as("headings of " + page.url()).isEqualTo(1);
        all.assertThat((String) seen.getLast()).as("foreign words in " + page.url()).isEmpty();
    }

    private void look(Visit visit, String path, String picture) {
        visit.go(path);
        look(visit, picture);
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void areGoodForEverybody(int width, boolean english) {
        try (Visit visit = open(width, english)) {
            Page page = visit.go("/");
            page.click("footer a[href='/procedures']");
            look(visit, "procedures");
            for (String kind : Boolean.getBoolean("heshi.full") ? KINDS : List.of("intake", "grid-event")) {
                look(visit, "/procedures/" + kind, "procedures-" + kind);
            }
            look(visit, "/places", "places");
            look(visit, "/places?within=" + VILLAGE_TOWN, "places-town");
            look(visit, "/places?q=fy", "places-found");
            look(visit, "/places?q=zzzzzz", "places-none");
            look(visit, "/help", "help");
            look(visit, "/papers/check", "paper-check");
            page.evaluate("() => document.querySelector('main form').noValidate = true");
            page.click("main form .btn-primary");
            look(visit, "paper-check-refused");
            page.setInputFiles("input[type=file]", new FilePayload("paper.pdf", "application/pdf", "%PDF-1.7 nothing".getBytes(StandardCharsets.US_ASCII)));
            page.click("main form .btn-primary");
            look(visit, "paper-check-unknown");
            look(visit, "/privacy", "privacy");
            look(visit, "/follow", "follow-enter");
            look(visit, "/follow/mine", "follow-mine");
            look(visit, "/demo/phone", "demo-phone");
            look(visit, "/sign-in", "sign-in");
            look(visit, "/first/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "first-link-dead");
            look(visit, "/nothing-here/at-all?lang=" + (english ? "en" : "zh_CN"), "stranger-unknown");
            look(visit, "/report/nothing-here", "error-404");
            look(visit, "/places?within=999999999999", "error-404-place");
            look(visit, "/help?x=%00", "error-400");
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void areGoodForStaff(int width, boolean english) {
        try (Visit visit = open(width, english, "grid")) {
            look(visit, "/desk/round", "desk-round");
            visit.page().evaluate("() => document.querySelector('main form').noValidate = true");
            visit.page().click("main form .btn-large");
            look(visit, "desk-round-refused");
        }
        try (Visit visit = open(width, english, "clerk")) {
            look(visit, "/queue", "queue");
            look(visit, "/queue?state=no-such-state", "queue-empty");
            look(visit, "/matters", "matters");
            look(visit, "/search", "search-start");
            look(visit, "/search?q=zzzz", "search-none");
            searched(visit);
            look(visit, "search-found");
            look(visit, "/search?q=" + "x".repeat(300), "search-too-long");
            look(visit, "/notices", "notices");
            look(visit, "/password", "password");
            look(visit, "/account/calendar", "account-calendar");
            look(visit, "/account", "account");
            visit.page().click("form[action='/account/factor/begin'] button");
            look(visit, "factor-set-up");
            look(visit, "/confirm?to=/admin/units&lost=yes", "confirm");
            look(visit, "/admin/units", "error-403");
            look(visit, "/matters/9999999999999", "error-404-matter");
            look(visit, "/privacy/requests/new", "privacy-request-new");
        }
        try (Visit visit = open(width, english, "supervisor")) {
            look(visit, "/board", "board");
            look(visit, "/access", "access");
            look(visit, "/access?who=handler", "access-handler");
            look(visit, "/board/matters", "board-matters");
            look(visit, "/figures", "figures");
            look(visit, "/figures?from=2099-01-01", "figures-ahead");
            look(visit, "/figures/matters?measure=open", "figures-matters");
            look(visit, "/figures/reports", "figures-report");
            look(visit, "/figures/reports?period=quarter&on=2099-01", "figures-report-ahead");
            look(visit, "/figures/ledger", "figures-ledger");
            look(visit, "/figures/bulletins", "figures-bulletins");
            visit.page().click("main form[action='/figures/bulletins'] button");
            look(visit, "figures-bulletin-draft");
            look(visit, "/figures/targets?q=综合行政执法局", "figures-targets");
            visit.page().click("#found a");
            look(visit, "figures-target-sheet");
            visit.page().click("#set button[type=submit]");
            look(visit, "figures-target-refused");
            look(visit, "/notices", "notices-supervisor");
            look(visit, "/privacy/keeping", "privacy-keeping");
            look(visit, "/privacy/assessments", "privacy-assessments");
            look(visit, "/privacy/requests", "privacy-requests");
            look(visit, "/privacy/incidents", "privacy-incidents");
            look(visit, "/privacy/incidents/new", "privacy-incident-new");
            visit.page().fill("[name=title]", "误发名单");
            visit.page().fill("[name=foundAt]", "2026-01-05T09:30");
            visit.page().fill("[name=words]", "电话号码，大约三十人");
            visit.page().click("form[action='/privacy/incidents/new'] button[type=submit]");
            look(visit, "privacy-incident");
            supervised(visit);
        }
        // A second post for one of the demo's own people: no unit and no account more, other tests count them.
        UUID mediator = accounts.findByName("mediator").orElseThrow().person();
        HeldPost held = directory.heldPosts(mediator, clock.instant()).getFirst();
        new People(context).anotherPost(new People.Somebody(mediator, held.post(), held.unit(), "mediator"), Role.SUPERVISOR);
        try (Visit visit = open(width, english, "mediator")) {
            look(visit, "/posts", "posts");
            look(visit, "/queue", "queue-new-post");
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void areGoodForWhoAsksAboutTheirDataAndWhoOpensWhatIsPutAway(int width, boolean english) {
        Matters matters = context.getBean(Matters.class);
        Matters.Answer.Done matter = reported(matters);
        String own = "/follow/" + matter.number().digits() + "/rights";
        try (Visit visit = open(width, english)) {
            Page page = visit.go("/follow");
            page.fill("#number", matter.number().digits());
            page.fill("#code", matter.code().orElseThrow());
            page.click("main button[type=submit]");
            look(visit, own, "rights");
            page.click("form[action='" + own + "'] button[type=submit]");
            look(visit, "rights-refused");
            page.check("[name=what][value=delete]");
            page.fill("[name=words]", "请删除");
            page.click("form[action='" + own + "'] button[type=submit]");
            look(visit, "rights-asked");
            look(visit, own + "/copy", "rights-copy");
        }
        String part = "/privacy/requests/" + grantedInPart(matters, matter.matter()) + "/part";
        try (Visit visit = open(width, english, "dispatcher")) {
            look(visit, part, "rights-part");
            refused(visit, "rights-part-refused");
        }
        // what is asked about is not put away: another, that nobody asked about
        Matters.Answer.Done stored = reported(matters);
        assertThat(Acting.as(new Actor.Resident(stored.matter(), 1), () -> matters.act(Matters.Act.on(stored.matter(), "withdraw", Map.of(), 1,
                UUID.randomUUID().toString())))).isInstanceOf(Matters.Answer.Done.class);
        assertThat(Acting.as(new Actor.Machine("test"), () -> context.getBean(Endings.class).putAway(stored.matter(), "2026"))).isInstanceOf(Endings.Answer.Done.class);
        try (Visit visit = open(width, english, "supervisor")) {
            look(visit, "/privacy/stored/" + stored.number().digits(), "stored");
            Page page = visit.page();
            page.click("form[action^='/privacy/stored/'] button[type=submit]");
            look(visit, "stored-refused");
            page.check("[name=reason][value=court]");
            page.fill("[name=paper]", "（2026）1号");
            page.click("form[action^='/privacy/stored/'] button[type=submit]");
            assertThat(page.innerText("main")).contains("村口的路灯坏了三天");
            look(visit, "stored-opened");
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void areGoodForAdministrators(int width, boolean english) {
        Unit centre = directory.countyCentreFor(VILLAGE_TOWN).orElseThrow();
        try (Visit visit = open(width, english, "admin")) {
            Page page = visit.page();
            look(visit, "/templates", "templates");
            look(visit, "/templates/new", "template");

            look(visit, "/admin/units", "admin-units");
            look(visit, "/admin/units?q=zzzz", "admin-units-none");
            look(visit, "/admin/units/new", "admin-unit-new");
            refused(visit, "admin-unit-refused");
            look(visit, "/admin/units/" + centre.id(), "admin-unit");
            String post = page.locator("main a[href^='/admin/posts/']").nth(1).getAttribute("href");
            look(visit, "/admin/units/" + centre.id() + "/edit", "admin-unit-edit");
            look(visit, "/admin/units/" + centre.id() + "/end", "admin-unit-end");
            look(visit, "/admin/units/" + centre.id() + "/posts/new", "admin-post-new");
            look(visit, post, "admin-post");
            String person = page.locator("main a[href^='/admin/people/']").first().getAttribute("href");
            String leave = page.locator("main a[href$='/leave']").first().getAttribute("href");
            look(visit, post + "/edit", "admin-post-edit");
            look(visit, post + "/end", "admin-post-end");
            look(visit, post + "/assign", "admin-post-assign");
            look(visit, leave, "admin-leave");
            refused(visit, "admin-leave-refused");
            look(visit, leave.replace("/leave", "/end"), "admin-release");
            look(visit, person, "admin-person");

            look(visit, "/admin/handling", "admin-handling");
            String rule = page.locator("main td a[href$='/end']").first().getAttribute("href");
            look(visit, rule, "admin-handling-end");
            look(visit, rule.replace("/end", ""), "admin-handling-rule");
            look(visit, "/admin/handling/new", "admin-handling-new");
            refused(visit, "admin-handling-refused");
            look(visit, "/admin/categories", "admin-categories");
            look(visit, "/admin/categories?under=01", "admin-categories-under");
            look(visit, "/admin/categories/new?under=01", "admin-category-new");
            look(visit, "/admin/categories/0101/rename", "admin-category-rename");
            look(visit, "/admin/categories/0101/end", "admin-category-end");

            look(visit, "/admin/import", "admin-import");
            page.setInputFiles("input[type=file]", new FilePayload("no-table.xlsx", "application/octet-stream", new byte[] {1, 2, 3}));
            page.click("main form .btn-primary");
            look(visit, "admin-import-refused");
            page.setInputFiles("input[type=file]", new FilePayload("directory.xlsx",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", page.request().get(visit.address("/admin/import/template.xlsx")).body()));
            page.click("main form .btn-primary");
            look(visit, "admin-import-preview");

            look(visit, "/admin/place-changes", "admin-place-changes");
            look(visit, "/admin/grids", "admin-grids");
            look(visit, "/admin/grids?q=fengyuan", "admin-grids-found");
            String grids = "/admin/grids/" + VILLAGE_TOWN + "201";
            look(visit, grids, "admin-grids-village");
            look(visit, grids + "001", "admin-grid");
            look(visit, "/admin/calendar", "admin-calendar");
            look(visit, "/admin/calendar?year=2015", "admin-calendar-earlier");
            look(visit, "/admin/calendar?year=2028", "admin-calendar-provisional");
            look(visit, "/admin/calendar/import", "admin-calendar-import");
            refused(visit, "admin-calendar-import-refused");
            page.fill("#year", "2015");
            page.fill("#source", "2015");
            page.fill("#days", "2015-01-01,holiday,元旦\n2015-01-04,workday,元旦");
            page.click("main form .btn-primary");
            look(visit, "admin-calendar-import-preview");
            look(visit, "/admin/nothing", "error-404-admin");
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void areGoodForWhoMediatesAndForWhoLooksForAMediator(int width, boolean english) {
        UUID person = accounts.findByName("mediator").orElseThrow().person();
        HeldPost held = directory.heldPosts(person, clock.instant()).stream().filter(post -> post.roles().contains(Role.MEDIATOR)).findFirst().orElseThrow();
        try (Visit visit = open(width, english, "admin")) {
            Page page = visit.page();
            String body = "/mediation/bodies/" + held.unit();
            look(visit, body, "mediation-body");
            page.evaluate("() => document.querySelector('form[action$=\"/rooms\"]').noValidate = true");
            page.click("form[action$='/rooms'] button[type=submit]");
            look(visit, "mediation-room-refused");
            look(visit, body + "/edit", "mediation-body-edit");
            page.check("[name=sort][value=trade]");
            page.click("main form[method=post] .btn-primary");
            look(visit, "mediation-body-refused");
            look(visit, "/mediation/mediators/" + held.post() + "/edit", "mediation-mediator-edit");
            page.fill("[name=most]", "x");
            page.click("main form[method=post] .btn-primary");
            look(visit, "mediation-mediator-refused");
            page.fill("[name=most]", "12");
            page.check("[name=skills][value=labour]");
            page.check("[name=listed]");
            page.click("main form[method=post] .btn-primary");
            look(visit, "mediation-mediator");
        }
        try (Visit visit = open(width, english)) {
            look(visit, "/mediation/mediators?skill=labour", "mediation-mediators");
            look(visit, "/mediation/mediators?name=zzzz", "mediation-mediators-none");
            look(visit, "/mediation/cases", "mediation-cases");
            look(visit, "/mediation/cases?q=zzzz", "mediation-cases-none");
            look(visit, "/bill", "bill");
            look(visit, "/bill/answers", "bill-answers");
            look(visit, "/bill/data", "bill-data");
        }
        try (Visit visit = open(width, english, "mediator").in(held.post())) {
            look(visit, "/mediation", "mediation-own");
            String story = visit.page().locator("#cases th a").first().getAttribute("href").replace("/mediation/", "/mediation/stories/");
            look(visit, "/mediation?past=yes", "mediation-own-past");
            look(visit, "/mediation/calendar", "mediation-calendar");
            look(visit, "/mediation/calendar?span=month", "mediation-calendar-month");
            look(visit, "/mediation/allowance", "mediation-allowance");
            look(visit, "/mediation/stories", "mediation-stories");
            look(visit, story, "mediation-story");
        }
        try (Visit visit = open(width, english, "supervisor")) {
            look(visit, "/mediation/figures", "mediation-figures");
            look(visit, "/mediation/unusual", "mediation-unusual");
            look(visit, "/mediation/allowance/unit", "mediation-allowance-unit");
            look(visit, "/mediation/allowance/scale", "mediation-allowance-scale");
            look(visit, "/publishing", "publishing");
            look(visit, "/publishing/answers", "publishing-answers");
        }
        all.assertAll();
    }

    @Test
    @EnabledIfSystemProperty(named = "heshi.screenshots", matches = "true")
    void areShownInTheDocuments() {
        for (int width : new int[] {360, 1280}) {
            try (Visit visit = open(width, false, "supervisor")) {
                visit.go("/board");
                visit.show("board");
                visit.go("/supervision");
                visit.show("supervision");
            }
            try (Visit visit = open(width, false, "clerk")) {
                searched(visit);
                visit.show("search");
            }
            try (Visit visit = open(width, false, "admin")) {
                visit.go("/admin/units");
                visit.show("admin-units");
            }
            try (Visit visit = open(width, false)) {
                visit.go("/procedures/service");
                visit.show("procedures-service");
                visit.go("/places?within=330681");
                visit.show("places");
            }
        }
    }

    /** Number of the request about that matter, of which a part was granted by the demo's dispatcher. */
    private String grantedInPart(Matters matters, UUID about) {
        UUID person = accounts.findByName("dispatcher").orElseThrow().person();
        Actor.Staff dispatcher = new Actor.Staff(directory.heldPosts(person, clock.instant()).getFirst());
        TransactionTemplate transactions = context.getBean(TransactionTemplate.class);
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        Actor.Machine machine = new Actor.Machine("test");
        UUID request = Acting.as(machine, () -> transactions.execute(_ -> jdbc.sql("select request from privacy.request where about = ?").param(about).query(UUID.class).single()));
        assertThat(Acting.as(dispatcher, () -> matters.act(Matters.Act.on(request, "grant", Map.of("outcome", "partly", "reply", "同意删除一部分"), 1, UUID.randomUUID().toString()))))
                .isInstanceOf(Matters.Answer.Done.class);
        Eventually.that("the answer is read", () -> Boolean.TRUE.equals(Acting.as(machine, () -> transactions.execute(_ -> jdbc
                .sql("select outcome is not null from privacy.request where request = ?").param(request).query(Boolean.class).single()))));
        return Acting.as(machine, () -> transactions.execute(_ -> jdbc.sql("select number from privacy.request where request = ?").param(request).query(String.class).single()));
    }

    private static Matters.Answer.Done reported(Matters matters) {
        return (Matters.Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Matters.Act.report("report",
                Map.of("title", "路灯不亮", "description", "村口的路灯坏了三天", "place", VILLAGE_TOWN), UUID.randomUUID().toString())));
    }

    /** The pages of supervision, empty where nothing happened yet, and filled by what a supervisor does on them. */
    private void supervised(Visit visit) {
        Page page = visit.page();
        look(visit, "/supervision", "supervision");
        look(visit, "/supervision/due?due=week", "supervision-due");
        look(visit, "/supervision/due?due=over", "supervision-over");
        look(visit, "/supervision/month", "supervision-month");
        look(visit, "/supervision/whistles", "supervision-whistles");
        look(visit, "/supervision/rulings", "supervision-rulings");
        look(visit, "/supervision/rules", "supervision-rules");
        String unit = directory.countyCentreFor(VILLAGE_TOWN).orElseThrow().name();
        look(visit, "/supervision/papers/new", "supervision-letter");
        refused(visit, "supervision-letter-refused");
        page.fill("#lead", unit);
        page.fill("#title", "试验提醒函");
        page.fill("#words", "请书面说明");
        page.click("main form[method=post] .btn-primary");
        look(visit, "supervision-paper");
        look(visit, "/supervision/papers", "supervision-papers");
        look(visit, "/supervision/meetings/new", "supervision-meeting-new");
        refused(visit, "supervision-meeting-refused");
        page.fill("#heldOn", "2026-01-05");
        page.fill("#title", "试验联席会议");
        page.fill("#units", unit);
        page.fill("#words", "议定一件事");
        page.click("main form[method=post] .btn-primary");
        page.fill("#lead", unit);
        page.fill("#title", "试验任务");
        page.fill("#words", "按期完成");
        page.click("main form[method=post] .btn-primary");
        look(visit, "supervision-meeting");
        page.click("main a[href*='corrects=']");
        look(visit, "supervision-meeting-correct");
        look(visit, "/supervision/meetings", "supervision-meetings");
        for (String by : List.of("month", "unit", "category")) {
            look(visit, "/supervision/rates?by=" + by, "supervision-rates-" + by);
        }
        look(visit, "/supervision/exclusions/new", "supervision-exclusion");
        refused(visit, "supervision-exclusion-refused");
        page.selectOption("#value", "channel:sensor");
        page.fill("#reason", "设备试运行");
        page.fill("#from", "2026-01-01");
        page.click("main form[method=post] .btn-primary");
        look(visit, "supervision-exclusions");
    }

    /** Sends the form empty. */
    private void refused(Visit visit, String picture) {
        visit.page().evaluate("() => document.querySelector('main form[method=post]').noValidate = true");
        visit.page().click("main form[method=post] .btn-primary");
        look(visit, picture);
    }

    /** The index follows the log: a page that is asked right after the start may come before it. */
    private static void searched(Visit visit) {
        for (int i = 0; i < 50; i++) {
            Page page = visit.go("/search?q=工地");
            if (page.locator(".hit").count() > 0) {
                return;
            }
            page.waitForTimeout(200);
        }
        assertThat(visit.page().innerText("main")).as("what is found for 工地").contains("工地");
    }
}
