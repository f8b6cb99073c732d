package org.heshi.statistics.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.matters.Way;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Grid workers, villages and handlers look at what is theirs; each number, also of those that have none, leads to its list. */
@HeshiTest
class WhenWorkersLookAtTheirFiguresTests {

    private static final Pattern LINKED = Pattern.compile("<a href=\"(/figures/matters[^\"]+)\" aria-label=\"([^\"]*)\">");
    private static final Pattern COUNTED = Pattern.compile("看板上的数字是 ([0-9,]+) 件");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private void asProgram(String sql, Object... parameters) {
        county.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(sql).params(parameters).update()));
    }

    @Test
    void whoWorksInAVillageSeesOfItWhatTheyMaySee() {
        Way own = Way.registered(context, county, county.gridWorker, "网格里的路灯", Map.of("channel", "grid", "place", county.gridA));
        Way.registered(context, county, "村里别人办的事");
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/figures?place=" + county.villageA).body(), "这段时间受理 2 件");
        Visitor worker = as(county.gridWorker);
        assertThat(worker.get("/figures").body()).contains("甲一村数据看板", "您在这里能看到的事项", "这段时间受理 1 件", "甲一村第一网格");
        String list = worker.get("/figures/matters?measure=received").body();
        assertThat(list).contains("网格里的路灯").doesNotContain("村里别人办的事", "没有列出");
        assertThat(worker.get("/figures?place=" + county.gridA).body()).contains("这段时间受理 1 件");
        assertThat(worker.get(own.page()).status()).isEqualTo(200);
        for (String other : List.of(county.townA, county.villageB, county.townB, county.code)) {
            assertThat(worker.get("/figures?place=" + other).status()).as(other).isEqualTo(404);
            assertThat(worker.get("/figures/matters?measure=received&place=" + other).status()).as(other).isEqualTo(404);
        }
        assertThat(worker.get("/figures.csv").status()).isEqualTo(200);
    }

    @Test
    void aHandlerSeesTheirUnitsAndAStrangersNothing() {
        Way.registered(context, county, "给道路局的").sorted().assigned().accepted();
        Visitor handler = as(county.handler);
        Eventually.says(() -> handler.get("/figures").body(), county.roads.name() + "数据看板", "这段时间受理 1 件");
        assertThat(handler.get("/figures?place=" + county.townA).status()).isEqualTo(404);
        Visitor water = as(county.waterHandler);
        assertThat(water.get("/figures").body()).contains(county.water.name() + "数据看板", "这段时间没有事项");
        assertThat(as(county.clerk).get("/figures").status()).as("windows take in").isEqualTo(403);
        Visitor former = as(county.handler);
        county.end(county.handler);
        assertThat(former.get("/figures").body()).doesNotContain("数据看板</h1>");
    }

    @Test
    void everyNumberHasItsListAlsoOfWhatHasNone() {
        Way.registered(context, county, "办好的").sorted().assigned().accepted().answered().closed();
        Way.registered(context, county, "办着的").sorted().assigned().accepted();
        Way.registered(context, county, county.clerk, "县里的", Map.of("place", county.code));
        asProgram("update matters.clock set started_at = now() - interval '40 days', due_at = now() - interval '1 day', warn_at = null where matter = ?",
                Way.registered(context, county, "超期的").sorted().assigned().id());
        Visitor supervisor = as(county.supervisor);
        String page = Eventually.says(() -> supervisor.get("/figures").body(), "这段时间受理 4 件", "超期未办结", "响应率", "没有牵头单位", "本级（未细到下级）", "周一", "停留时长");
        Matcher link = LINKED.matcher(page);
        List<String> kinds = new java.util.ArrayList<>();
        while (link.find()) {
            String address = link.group(1).replace("&amp;", "&");
            String kind = address.replaceAll(".*measure=([a-z]+).*", "$1") + address.replaceAll(".*?((?:&(?:hour|at|unit|channel|outcome)=[a-z0-9]{1,4}\\b)?).*", "$1").replaceAll("=.*", "");
            if (kinds.contains(kind) && kinds.stream().filter(kind::equals).count() > 1) {
                continue;
            }
            kinds.add(kind);
            String list = supervisor.get(address).body();
            Matcher counted = COUNTED.matcher(list);
            assertThat(counted.find()).as(address).isTrue();
            long n = Long.parseLong(counted.group(1).replace(",", ""));
            assertThat(list.split("class=\"line-what\"", -1).length - 1).as(address).isEqualTo((int) n);
            String shown = link.group(2).replaceAll(".* ", "");
            if (shown.matches("[0-9,]+")) {
                assertThat(Long.parseLong(shown.replace(",", ""))).as(address).isEqualTo(n);
            }
        }
        assertThat(kinds.stream().map(kind -> kind.replaceAll("&.*", "")).distinct()).contains("received", "closed", "open", "over", "timed", "signed", "satisfied", "resolved");
        assertThat(page).contains("at=here", "unit=none", "&amp;hour=", "&amp;weekday=");
        assertThat(supervisor.get("/figures/matters?measure=over").body()).contains("超期的", "看板上的数字是 1 件").doesNotContain("办着的");
        assertThat(as(county.townSupervisorB).get("/figures/matters?measure=over").body()).contains("看板上的数字是 0 件").doesNotContain("超期的");
        assertThat(as(county.roadsHead).get("/figures/matters?measure=over").body()).contains("超期的");
        assertThat(supervisor.get("/figures?category=none&channel=none").status()).isEqualTo(200);
        assertThat(supervisor.get("/figures?level=0").body()).contains("没有逐一记下");
        assertThat(supervisor.get("/figures?course=months").body()).contains("年" + java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai")).getMonthValue() + "月");
    }

    /** A category that is retired in mid-year keeps its name wherever it was counted. */
    @Test
    void aRetiredCategoryIsNamedStill() {
        String code = "07%02d".formatted(60 + Math.floorMod(county.code.hashCode(), 30));
        asProgram("insert into directory.category (code, name, name_en) values (?, ?, ?) on conflict (code) do update set ended_at = null", code, "停用的类别" + code, "Retired " + code);
        Way.registered(context, county, county.clerk, "老类别的事", Map.of("category", code));
        asProgram("update directory.category set ended_at = now() where code = ?", code);
        Visitor supervisor = as(county.supervisor);
        Eventually.says(() -> supervisor.get("/figures?category=07").body(), "停用的类别" + code);
        assertThat(supervisor.get("/figures?category=" + code).body()).contains("这段时间受理 1 件", "停用的类别" + code);
        assertThat(supervisor.get("/figures/matters?measure=received&category=" + code).body()).contains("老类别的事", "停用的类别" + code);
        assertThat(new String(supervisor.bytes("/figures.csv?category=07"), java.nio.charset.StandardCharsets.UTF_8)).contains("停用的类别" + code);
    }

    /** No role that only keeps house is let in. */
    @Test
    void whoNeitherWatchesNorHandlesIsNotLetIn() {
        for (County.Member member : List.of(county.administrator, county.hire(county.committeeA, "mediator", Role.MEDIATOR))) {
            assertThat(as(member).get("/figures").status()).as(member.account()).isEqualTo(403);
        }
    }
}
