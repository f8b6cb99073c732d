package org.heshi.supervision.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Limits;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenLimitsAreDueTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Limits limits;
    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    /** As if time had gone by: only this one limit of the matter is left. */
    private Way due(Way way, String clock, Instant at) {
        jdbc.sql("update matters.clock set started_at = ?::timestamptz - interval '30 days', due_at = ?::timestamptz, warn_at = null, next_at = null where matter = ? and name = ?")
                .param(at.toString()).param(at.toString()).param(way.id()).param(clock).update();
        jdbc.sql("update matters.clock set started_at = now(), due_at = now() + interval '60 days', warn_at = null, next_at = null where matter = ? and name <> ?")
                .param(way.id()).param(clock).update();
        return way;
    }

    private Way assigned(String title) {
        return Way.registered(context, county, title).sorted().assigned();
    }

    private Visitor as(Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private static Instant now() {
        return Instant.now(java.time.Clock.systemUTC());
    }

    @Test
    void areFoundByTheirUnitOnItsOwnBoard() {
        JdbcClient app = context.getBean(JdbcClient.class);
        String plan = county.as(county.roadsHead, () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).execute(_ -> {
            app.sql("set local enable_seqscan = off").update();
            return String.join("\n", app.sql("explain select c.unit, count(*) from matters.clock c where c.paused_at is null and c.owed and c.due_at <= now()"
                    + " and c.unit = ? group by c.unit").param(county.roads.id()).query(String.class).list());
        }));
        assertThat(plan).contains("clock_due_of_unit");
    }

    @Test
    void countsWhatIsOverTodayAndThisWeekByUnit() {
        Instant now = now();
        due(assigned("甲事"), "sign", now.minusSeconds(3600));
        due(assigned("乙事"), "sign", now.minusSeconds(90_000));
        Instant endOfToday = CivilTime.startOf(CivilTime.dateOf(now).plusDays(1));
        due(assigned("丙事"), "sign", endOfToday);
        List<Limits.Count> counts = county.as(county.supervisor, () -> limits.counts(new Limits.Whose.Everybodys(), DueController.ends(now())));
        assertThat(counts).filteredOn(count -> count.unit().filter(county.roads.id()::equals).isPresent())
                .containsExactly(new Limits.Count(java.util.Optional.of(county.roads.id()), 2, 1, 0));
        String board = as(county.supervisor).get("/supervision").body();
        assertThat(board).contains("时限看板", county.roads.name(), "/supervision/due?due=over&amp;unit=" + county.roads.id());
    }

    @Test
    void listsTheOldestFirstPageByPage() {
        Instant now = now();
        for (int i = 0; i < 3; i++) {
            due(assigned("第" + i + "件超期"), "sign", now.minusSeconds(3600L * (3 - i)));
        }
        Limits.Whose roads = new Limits.Whose.Of(county.roads.id());
        var first = county.as(county.supervisor, () -> limits.lines(roads, DueController.ends(now()), Limits.Due.OVER, java.util.Optional.empty(), 2));
        assertThat(first.rows()).extracting(line -> line.matter().title()).containsExactly("第0件超期", "第1件超期");
        var second = county.as(county.supervisor, () -> limits.lines(roads, DueController.ends(now()), Limits.Due.OVER, first.next(), 2));
        assertThat(second.rows()).extracting(line -> line.matter().title()).containsExactly("第2件超期");
        assertThat(second.next()).isEmpty();
        String list = as(county.supervisor).get("/supervision/due?due=over&unit=" + county.roads.id()).body();
        assertThat(list).contains("第0件超期", "签收期限", "已超");
    }

    @Test
    void doesNotCountWhatStandsStill() {
        Way way = assigned("中止的").accepted();
        way.does(county.roadsHead, "pause", Map.of("reason", "weather", "words", "连日大雨"));
        jdbc.sql("update matters.clock set started_at = now() - interval '40 days', due_at = now() - interval '1 day', warn_at = null where matter = ?").param(way.id()).update();
        List<Limits.Count> counts = county.as(county.supervisor, () -> limits.counts(new Limits.Whose.Of(county.roads.id()), DueController.ends(now())));
        assertThat(counts).isEmpty();
    }

    @Test
    void showsAHeadTheirOwnUnitOnly() {
        due(assigned("路上的事"), "sign", now().minusSeconds(60));
        Member waterHead = county.hire(county.water, "water-head", Role.HEAD);
        assertThat(as(county.roadsHead).get("/supervision/due?due=over").body()).contains("路上的事");
        assertThat(as(waterHead).get("/supervision").body()).doesNotContain(county.roads.name());
        assertThat(as(waterHead).get("/supervision/due?due=over").body()).doesNotContain("路上的事");
        assertThat(as(waterHead).get("/supervision/due?due=over&unit=" + county.roads.id()).status()).isEqualTo(404);
        assertThat(as(county.townSupervisorB).get("/supervision").body()).doesNotContain(county.roads.name());
        assertThat(as(county.waterHandler).get("/supervision").status()).isEqualTo(403);
        assertThat(as(county.waterHandler).get("/supervision/due").status()).isEqualTo(403);
    }

    @Test
    void countsNothingOfAComplaintForTheAccused() {
        Way way = Way.registered(context, county, county.clerk, "反映道路局", Map.of("about-office", "true", "accused", county.roads.id().toString()));
        jdbc.sql("update matters.clock set started_at = now() - interval '40 days', due_at = now() - interval '1 day', warn_at = null, unit = ? where matter = ?")
                .param(county.roads.id()).param(way.id()).update();
        assertThat(county.as(county.roadsHead, () -> limits.counts(new Limits.Whose.Of(county.roads.id()), DueController.ends(now())))).isEmpty();
        assertThat(county.as(county.roadsHead, () -> limits.counts(new Limits.Whose.Everybodys(), DueController.ends(now())))).isEmpty();
        assertThat(as(county.roadsHead).get("/supervision/due?due=over").body()).doesNotContain("反映道路局");
    }

    /** The board asks of all together what the policy asks of each. */
    @Test
    void countsForEverybodyWhatTheyMaySeeOneByOne() {
        Instant now = now();
        due(assigned("人人可见的"), "sign", now.minusSeconds(60));
        Way about = Way.registered(context, county, county.clerk, "反映督查员所在中心", Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        jdbc.sql("update matters.clock set started_at = now() - interval '40 days', due_at = now() - interval '1 day', warn_at = null where matter = ?")
                .param(about.id()).update();
        Member admin = county.hire(county.centre, "only-admin", Role.ADMINISTRATOR);
        Member both = new Member("second", county.townSupervisorA.person(), new org.heshi.People(context).anotherPost(
                new org.heshi.People.Somebody(county.townSupervisorA.person(), county.townSupervisorA.post(), county.centre.id(), "second"), Role.SUPERVISOR), county.centre);
        JdbcClient app = context.getBean(JdbcClient.class);
        Map<String, Long> seen = new java.util.LinkedHashMap<>();
        for (Member who : List.of(county.supervisor, county.townSupervisorA, county.townSupervisorB, county.roadsHead, county.organDispatcher, admin, both)) {
            long asked = county.as(who, () -> context.getBean(TransactionTemplate.class).execute(_ -> app.sql(
                    "select count(*) from matters.clock c where c.owed and c.paused_at is null and c.due_at <= :now").param("now", now.atOffset(ZoneOffset.UTC))
                    .query(Long.class).single()));
            long counted = county.as(who, () -> limits.counts(new Limits.Whose.Everybodys(), DueController.ends(now))).stream().mapToLong(Limits.Count::over).sum();
            assertThat(counted).as(who.account()).isEqualTo(asked);
            seen.put(who.account(), counted);
        }
        assertThat(seen.get(county.supervisor.account())).isPositive().isGreaterThan(seen.get("second"));
        assertThat(seen.get(admin.account())).isZero();
    }

    /** Row-level security lets only comparisons of columns reach an index: asked as who looks, not as the owner. */
    @Test
    void findsWhatIsDueByItsInstant() {
        due(assigned("看执行计划"), "sign", now().minusSeconds(60));
        JdbcClient app = context.getBean(JdbcClient.class);
        String plan = county.as(county.supervisor, () -> context.getBean(TransactionTemplate.class).execute(_ -> {
            app.sql("set local enable_seqscan = off").update();
            return String.join("\n", app.sql("""
                    explain select c.matter from matters.clock c where c.paused_at is null and c.owed and c.due_at <= now()
                      and (c.due_at, c.matter, c.name) > (now() - interval '1 year', '00000000-0000-0000-0000-000000000000'::uuid, '')
                     order by c.due_at, c.matter, c.name limit 31""").query(String.class).list());
        }));
        assertThat(plan).contains("clock_due").contains("Index Cond").doesNotContain("Sort");
    }

    @Test
    void endsTheWeekWithSunday() {
        Instant wednesday = Instant.parse("2026-11-25T04:00:00Z");
        assertThat(DueController.ends(wednesday)).isEqualTo(new Limits.Ends(wednesday, Instant.parse("2026-11-25T16:00:00Z"), Instant.parse("2026-11-29T16:00:00Z")));
        Instant sunday = Instant.parse("2026-11-29T15:59:59Z");
        assertThat(DueController.ends(sunday).week()).isEqualTo(DueController.ends(sunday).today()).isEqualTo(Instant.parse("2026-11-29T16:00:00Z"));
    }
}
