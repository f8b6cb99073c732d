package org.heshi.statistics.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.heshi.Browser;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.matters.Way;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenAPlaceIsWatchedTests {

    private static final Pattern LINKED = Pattern.compile("<a href=\"(/figures/matters[^\"]+)\" aria-label=\"[^\"]*\">([0-9,]+)</a>");
    private static final Pattern COUNTED = Pattern.compile("看板上的数字是 ([0-9,]+) 件");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private static int rows(String list) {
        return list.split("class=\"line-what\"", -1).length - 1;
    }

    private void matters() {
        Way.registered(context, county, "第一件").sorted().assigned().accepted().answered().closed();
        Way.registered(context, county, "第二件").sorted().assigned();
        Way.registered(context, county, county.townClerkB, "第三件", Map.of("place", county.villageB));
    }

    @Test
    void agreesEachNumberWithTheListBehindIt() {
        matters();
        Visitor supervisor = as(county.supervisor);
        String page = Eventually.says(() -> supervisor.get("/figures").body(), "这段时间受理 3 件", "办结 1 件", "甲镇", "乙镇");
        Matcher link = LINKED.matcher(page);
        int checked = 0;
        while (link.find() && checked < 40) {
            String list = supervisor.get(link.group(1).replace("&amp;", "&")).body();
            Matcher counted = COUNTED.matcher(list);
            assertThat(counted.find()).as(link.group(1)).isTrue();
            assertThat(counted.group(1)).as(link.group(1)).isEqualTo(link.group(2));
            assertThat(rows(list)).as(link.group(1)).isEqualTo(Integer.parseInt(link.group(2)));
            checked++;
        }
        assertThat(checked).isGreaterThan(15);
        assertThat(supervisor.get("/figures?place=" + county.townB).body()).contains("这段时间受理 1 件", "乙镇数据看板", "仍在办");
        assertThat(supervisor.get("/figures?place=" + county.villageB).body()).contains("这段时间受理 1 件");
    }

    @Test
    void isForWhoWatchesThePlace() {
        matters();
        assertThat(new Visitor(port).get("/figures").location()).startsWith("/sign-in");
        Visitor townA = as(county.townSupervisorA);
        Eventually.says(() -> townA.get("/figures").body(), "这段时间受理 2 件");
        for (String other : List.of(county.townB, county.villageB, county.code)) {
            for (String address : List.of("/figures", "/figures.xlsx", "/figures.csv", "/figures.pdf", "/figures/outlines", "/figures/matters")) {
                assertThat(townA.get(address + "?measure=received&place=" + other).status()).as(address + " " + other).isEqualTo(404);
            }
        }
        assertThat(as(county.clerk).get("/figures").status()).isEqualTo(403);
        assertThat(as(county.clerk).get("/figures/matters?measure=received").status()).isEqualTo(403);
        assertThat(as(county.handler).get("/figures?place=" + county.townA).status()).as("their unit's alone").isEqualTo(404);
        // who held a post until yesterday is nobody
        Visitor former = as(county.townSupervisorB);
        assertThat(former.get("/figures").body()).contains("乙镇");
        county.end(county.townSupervisorB);
        assertThat(former.get("/figures").body()).doesNotContain("乙镇数据看板");
    }

    @Test
    void showsWhoAnswersForAUnitTheirOwn() {
        matters();
        Visitor head = as(county.roadsHead);
        String page = Eventually.says(() -> head.get("/figures").body(), county.roads.name() + "数据看板", "办结 1 件");
        assertThat(page).doesNotContain("乙镇");
        assertThat(head.get("/figures?place=" + county.code).status()).isEqualTo(404);
        assertThat(head.get("/figures/matters?measure=closed").body()).contains("第一件").doesNotContain("第三件");
    }

    @Test
    void tellsNobodyOfWhatTheyAreKeptFrom() {
        Way.registered(context, county, county.townClerkA, "反映甲镇中心", Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        Way.registered(context, county, county.townClerkB, "别的事", Map.of("place", county.villageB));
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/figures").body(), "这段时间受理");
        assertThat(as(county.townSupervisorA).get("/figures").body()).contains("这段时间没有事项").doesNotContain("反映甲镇中心");
        assertThat(as(county.townSupervisorA).get("/figures/matters?measure=received").body()).doesNotContain("反映甲镇中心");
    }

    @Test
    void saysWhatThereIsNot() {
        Visitor supervisor = as(county.supervisor);
        assertThat(supervisor.get("/figures").body()).contains("这段时间没有事项", "指标说明");
        assertThat(supervisor.get("/figures?from=2099-01-01&to=2099-02-01").body()).contains("这段时间还没有到");
        assertThat(supervisor.get("/figures?from=2026-13-45").body()).contains("开始日期填写有误");
        assertThat(supervisor.get("/figures?kind=nonesuch&category=99&channel=pigeon&level=7").body()).contains("没有这种事项类型", "没有这个类别", "没有这种来源", "没有这个等级");
        assertThat(supervisor.get("/figures?place=" + county.code + "999").status()).isEqualTo(404);
        assertThat(supervisor.get("/figures?place=" + county.gridA).body()).contains("这段时间没有事项");
        assertThat(supervisor.get("/figures/matters?measure=nonesuch").status()).isEqualTo(404);
        assertThat(supervisor.get("/figures/matters?measure=received&after=forged&seen=x").status()).isLessThan(500);
        assertThat(supervisor.get("/figures/matters?measure=late&unit=" + county.roads.id() + "&category=02&level=1").body()).contains("按单位看时只能再按事项类型和结果筛选");
        assertThat(supervisor.get("/figures?cut=then&course=months&from=2025-01-01").status()).isEqualTo(200);
    }

    @Test
    void isTakenOutWithItsFilterItsMeaningsAndItsTime() throws Exception {
        matters();
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/figures").body(), "这段时间受理 3 件");
        String csv = new String(supervisor.bytes("/figures.csv"), StandardCharsets.UTF_8);
        assertThat(csv).startsWith("\uFEFF").contains("数据截至,20", "受理,3", "指标说明", "甲镇", "地名口径");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(supervisor.bytes("/figures.xlsx")))) {
            assertThat(book.getSheets().map(sheet -> sheet.getName())).contains("说明", "分地区", "同期对比");
        }
        try (var pdf = Loader.loadPDF(supervisor.bytes("/figures.pdf"))) {
            assertThat(new PDFTextStripper().getText(pdf)).contains("数据看板", "数据截至", "甲镇", "指标说明");
        }
    }

    @Test
    void isReadAtEveryWidthByKeyboardAndOnPaper() {
        matters();
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/figures").body(), "这段时间受理 3 件");
        People.Somebody somebody = new People.Somebody(county.supervisor.person(), county.supervisor.post(), county.supervisor.unit().id(), county.supervisor.account());
        try (var visit = new Browser.Setup(port, 768, 1000, true, "zh-CN").open().signedInAs(somebody)) {
            var page = visit.go("/figures");
            page.waitForSelector(".picture.livelier canvas");
            visit.check("figures-768");
            // the meaning of a figure opens by keyboard and closes again
            page.focus(".kpi .what summary");
            page.keyboard().press("Enter");
            assertThat(page.locator(".kpi .what[open] .what-in").first().isVisible()).isTrue();
            page.keyboard().press("Escape");
            assertThat(page.locator(".what[open]").count()).isZero();
            // the table behind a picture is there for who reads aloud, and seen when asked for
            assertThat(page.locator("#table-course").boundingBox().width).isLessThan(2000);
            page.focus("#show-course");
            page.keyboard().press("Space");
            assertThat(page.locator("#table-course tbody tr").last().boundingBox().height).isGreaterThan(10);
            page.emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
            assertThat(page.locator("#comings-text").count()).isEqualTo(1);
            assertThat(page.locator(".picture .drawing").first().isVisible()).isTrue();
            assertThat(page.locator(".canvas-room").first().isVisible()).isFalse();
            assertThat(page.locator("#table-ways tbody tr").first().boundingBox().height).isGreaterThan(10);
        }
        try (var visit = Browser.visit(port).narrow().withoutScripts().open().signedInAs(somebody)) {
            visit.go("/figures");
            visit.check("figures-plain");
        }
    }
}
