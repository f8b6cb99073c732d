package org.heshi.statistics.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.statistics.PutIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenAUnitHasTargetsTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    private final int year = CivilTime.dateOf(java.time.Clock.systemUTC().instant()).getYear();

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        Visitor visitor = county.signedIn(new Visitor(port), member);
        visitor.get("/posts");
        return visitor;
    }

    private Map<String, String> form(String figure, String goal, String source, String reason) {
        return new HashMap<>(Map.of("unit", county.roads.id().toString(), "year", Integer.toString(year), "figure", figure, "goal", goal, "source", source, "reason", reason));
    }

    @Test
    void theSupervisorSetsThemAndTheUnitReadsThem() {
        PutIn put = PutIn.some(context, county, 60, 150, new Random(5));
        LocalDate first = LocalDate.of(year, 1, 1);
        long closed = put.count(one -> one.lead().filter(county.roads.id()::equals).isPresent() && one.closedIn(first, first.plusYears(1).minusDays(1)));
        Visitor supervisor = as(county.supervisor);
        String sheet = "/figures/targets?unit=" + county.roads.id();
        assertThat(supervisor.get("/figures/targets").body()).contains("还没有定目标");
        assertThat(supervisor.get("/figures/targets?q=" + java.net.URLEncoder.encode("道路局", java.nio.charset.StandardCharsets.UTF_8)).body()).contains(county.roads.name());
        assertThat(supervisor.post("/figures/targets", form("on-time", "95", "第二条第一款", "")).location()).startsWith(sheet);
        assertThat(supervisor.post("/figures/targets", form("median", "0.5", "第二条第三款", "")).location()).startsWith(sheet);
        assertThat(supervisor.post("/figures/targets", form("on-time", "98", "第二条第一款", "")).body()).contains("请写明变更原因");
        assertThat(supervisor.post("/figures/targets", form("on-time", "98.5", "第二条第一款（修订）", "县里统一提高")).location()).startsWith(sheet);
        for (Visitor reader : List.of(supervisor, as(county.roadsHead))) {
            String page = reader.get(reader == supervisor ? sheet : "/figures/targets").body();
            assertThat(page).contains("不低于 98.5%", "不低于 95%", "县里统一提高", "不超过 0.5 小时", "没有达到", ">" + closed + "<", "逐月累计情况", "第二条第三款").doesNotContain("乙镇");
            assertThat(page.split("data-picture=\"lines\"", -1)).hasSizeBetween(2, 3);
        }
        Map<String, String> withdraw = form("median", "", "", "并入按期办结率");
        withdraw.put("withdraw", "yes");
        assertThat(supervisor.post("/figures/targets", withdraw).location()).startsWith(sheet);
        assertThat(supervisor.get(sheet).body()).contains("已取消", "并入按期办结率");
        assertThat(supervisor.get("/figures/targets").body()).contains(county.roads.name(), "1 项目标");
        assertThat(supervisor.get(sheet + "&year=" + (year + 1)).body()).contains("这一年还没有到");
        staysInItsHistory();
    }

    private void staysInItsHistory() {
        for (String sql : List.of("update statistics.goal set goal = 1 where unit = ?", "delete from statistics.goal where unit = ?")) {
            assertThatThrownBy(() -> county.as(county.supervisor, () -> transactions.execute(_ -> jdbc.sql(sql).param(county.roads.id()).update()))).rootCause().hasMessageContaining("permission denied");
        }
        Goals goals = context.getBean(Goals.class);
        assertThat(county.as(county.supervisor, () -> goals.add(county.roads, year, GoalFigure.ON_TIME, 1, Optional.of(BigDecimal.ONE), "x", "y", county.supervisor.post(),
                java.time.Instant.EPOCH))).as("another had changed it").isFalse();
    }

    @Test
    void areNobodyElses() {
        Goals goals = context.getBean(Goals.class);
        Visitor supervisor = as(county.supervisor);
        assertThat(supervisor.post("/figures/targets", form("satisfied", "90", "第三条", "")).status()).isEqualTo(303);
        String sheet = "/figures/targets?unit=" + county.roads.id();
        County other = County.make(context);
        assertThat(other.signedIn(new Visitor(port), other.supervisor).get(sheet).status()).as("a stranger").isEqualTo(404);
        assertThat(as(county.townSupervisorA).get(sheet).status()).as("a town below").isEqualTo(404);
        County.Member neighbour = county.hire(county.water, "邻居", Role.HEAD);
        assertThat(as(neighbour).get(sheet).status()).as("a neighbour").isEqualTo(404);
        assertThat(as(neighbour).get("/figures/targets").body()).contains(county.water.name()).doesNotContain("第三条");
        assertThat(county.as(neighbour, () -> goals.of(county.roads.id(), year))).isEmpty();
        assertThat(county.as(county.townSupervisorA, () -> goals.of(county.roads.id(), year))).isEmpty();
        assertThat(as(county.handler).get(sheet).status()).isEqualTo(403);
        assertThat(new Visitor(port).get(sheet).location()).startsWith("/sign-in");
        Visitor head = as(county.roadsHead);
        assertThat(head.get(sheet).body()).contains("不低于 90%").doesNotContain("name=\"goal\"");
        assertThat(head.post("/figures/targets", form("on-time", "10", "自己定的", "")).status()).as("nobody sets their own").isEqualTo(403);
        Map<String, String> own = form("on-time", "10", "自己定的", "");
        own.put("unit", county.centre.id().toString());
        assertThat(supervisor.post("/figures/targets", own).status()).isEqualTo(403);
        assertThatThrownBy(() -> county.as(county.roadsHead, () -> goals.add(county.roads, year, GoalFigure.MEDIAN, 0, Optional.of(BigDecimal.TEN), "x", "", county.roadsHead.post(),
                java.time.Instant.EPOCH))).rootCause().hasMessageContaining("row-level security");
        county.end(county.roadsHead);
        assertThat(head.get(sheet).body()).as("who held the post").doesNotContain("第三条");
    }

    @Test
    void areNeverANumberOfMatters() {
        Visitor supervisor = as(county.supervisor);
        for (String figure : List.of("received", "closed", "open", "reopened", "late", "complaints")) {
            assertThat(supervisor.post("/figures/targets", form(figure, "10", "第一条", "")).body()).as(figure).contains("请选一项指标");
            assertThatThrownBy(() -> county.as(county.supervisor, () -> transactions.execute(_ -> jdbc.sql("""
                    insert into statistics.goal (id, place, unit, year, figure, version, goal, source, reason, at, post)
                    values (gen_random_uuid(), ?, ?, 2026, ?, 1, 10, 'x', '', now(), gen_random_uuid())
                    """).params(county.code, county.roads.id(), figure).update()))).as(figure).rootCause().hasMessageContaining("goal_figure_check");
        }
        assertThat(supervisor.post("/figures/targets", form("on-time", "101", "第一条", "")).body()).contains("不能超过 100");
        assertThat(supervisor.post("/figures/targets", form("on-time", "九十", "", "")).body()).contains("请填数字", "请写明责任书的依据", "value=\"九十\"");
        Map<String, String> old = form("on-time", "90", "第一条", "");
        old.put("year", Integer.toString(year - 9));
        assertThat(supervisor.post("/figures/targets", old).body()).contains("这个年度不能再设目标", "value=\"90\"");
        assertThat(supervisor.get("/figures/targets?unit=" + county.roads.id()).body()).contains("还没有");
    }
}
