package org.heshi.divisions.edition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.divisions.KeepsPlaces.Moved;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Way;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question.Cut;
import org.heshi.statistics.Responses;
import org.heshi.statistics.Whose;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What offices wrote for a place, and what its rates are counted from, is found where the place went; what it says of then stays. */
@HeshiTest
class WhenRegistersGoWithTheirPlaceTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    SucceedDivisions succeed;
    @Autowired
    Responses responses;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());
    private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).withNano(0);
    private County county;
    private Way atB;

    @BeforeEach
    void somethingInEachTown() {
        county = County.make(context);
        Way.registered(context, county, county.clerk, "甲镇路灯不亮", Map.of("place", county.gridA)).sorted().assigned().accepted();
        atB = Way.registered(context, county, county.clerk, "乙镇路灯不亮", Map.of("place", county.villageB)).sorted().assigned().accepted();
        Eventually.that("both are counted", () -> due(county.supervisor, county.code, Cut.TODAY, Only.ALL) == 2);
    }

    private List<Moved> take(Map<String, String> offices, String... lines) {
        for (int tries = 1; ; tries++) {
            try {
                return succeed.take(SucceedDivisions.lines(List.of(lines)), today, offices, false).moved();
            } catch (Busy busy) {
                if (tries == 4) {
                    throw busy;
                }
            }
        }
    }

    private long due(County.Member member, String place, Cut cut, Only only) {
        return county.as(member, () -> responses.of(new Whose.Place(place), today.minusDays(1), today, only, cut)).due();
    }

    private void written(String sql, Object... params) {
        county.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(sql).params(params).update()));
    }

    /** Minutes, an approved exclusion, a scale, an allowance, a finding, an opening and a breach of a place. */
    private UUID registers(String place, County.Member writer, County.Member other, String name) {
        UUID exclusion = UUID.randomUUID();
        Visitor visitor = county.signedIn(new Visitor(port), writer);
        visitor.get("/supervision/meetings/new");
        assertThat(visitor.post("/supervision/meetings/new", Map.of("heldOn", today.toString(), "title", name + "联席会议", "units", county.roads.name(), "words", "议定事项")).status()).isEqualTo(303);
        visitor.get("/privacy/incidents/new");
        assertThat(visitor.post("/privacy/incidents/new", Map.of("title", name + "误发名单", "foundAt", "2026-01-05T09:30", "words", "姓名")).status()).isEqualTo(303);
        written("insert into supervision.exclusion (id, division, scope, by_what, value, reason, from_day, proposed_at, proposed_by, proposer) values (?, ?, ?, 'channel', 'window', ?, '2020-01-01', ?, ?, ?)",
                exclusion, place, place, name + "窗口另行考核", now, writer.person(), writer.post());
        written("insert into supervision.exclusion_step (exclusion, what, at, person, post) values (?, 'approved', ?, ?, ?)", exclusion, now, other.person(), other.post());
        written("insert into mediation.scale (id, division, what, form, type, fen, from_day, basis, set_at, set_by) values (gen_random_uuid(), ?, 'agreed', '', '', 12000, '2026-01-01', ?, ?, ?)",
                place, name + "标准", now, writer.post());
        written("""
                insert into mediation.allowance (id, post, person, unit, division, matter, number, seq, what, fen, at)
                select gen_random_uuid(), ?, ?, ?, ?, ?, ?, 1, 'agreed', 12345, ?
                """.replace("fen, at)", "fen, at, scale)").replace("12345, ?", "12345, ?, (select id from mediation.scale where division = '" + place + "')"),
                writer.post(), writer.person(), writer.unit().id(), place, atB.id(), atB.number().digits(), now);
        county.as(writer, () -> transactions.execute(_ -> jdbc.sql("insert into mediation.finding (id, scope, about, words, at, person, post) values (gen_random_uuid(), ?, ?, '看过', ?, ?, ?)")
                .params(place, "device:" + atB.id(), now, writer.person(), writer.post()).update()));
        county.as(writer, () -> transactions.execute(_ -> jdbc.sql("insert into privacy.opening (id, matter, number, scope, person, post, unit, reason, paper, at) values (gen_random_uuid(), ?, ?, ?, ?, ?, ?, 'court', ?, ?)")
                .params(atB.id(), atB.number().digits(), place, writer.person(), writer.post(), writer.unit().id(), name + "法函", now).update()));
        return exclusion;
    }

    private long seen(County.Member member, String sql) {
        return county.as(member, () -> transactions.execute(_ -> jdbc.sql(sql).query(Long.class).single()));
    }

    @Test
    void aTownIsMergedAndWhatItsOfficesWroteIsFoundThere() {
        County.Member head = county.hire(county.centreB, "head-b", Role.HEAD);
        UUID exclusion = registers(county.townB, county.townSupervisorB, head, "乙镇");
        assertThat(due(county.townSupervisorB, county.townB, Cut.TODAY, Only.ALL)).as("left out").isZero();
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/supervision/meetings").body()).doesNotContain("乙镇联席会议");
        assertThat(townA.get("/privacy/incidents").body()).doesNotContain("乙镇误发名单");

        assertThat(take(Map.of(), county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村")).contains(
                new Moved("minutes", "", county.townB, county.townA, 1), new Moved("exclusion", "", county.townB, county.townA, 1), new Moved("breach", "", county.townB, county.townA, 1),
                new Moved("scale", "", county.townB, county.townA, 1), new Moved("allowance", "", county.townB, county.townA, 1), new Moved("finding", "", county.townB, county.townA, 1),
                new Moved("opening", "", county.townB, county.townA, 1), new Moved("rate", "", county.villageB, county.townA + "202", 1));

        assertThat(townA.get("/supervision/meetings").body()).contains("乙镇联席会议");
        assertThat(townA.get("/privacy/incidents").body()).contains("乙镇误发名单");
        assertThat(townA.get("/mediation/allowance/unit").body()).contains("123.45");
        assertThat(seen(county.townSupervisorA, "select count(*) from mediation.finding where about = 'device:" + atB.id() + "'")).isEqualTo(1);
        assertThat(seen(county.townSupervisorA, "select count(*) from privacy.opening where paper = '乙镇法函' and number = '" + atB.number().digits() + "'")).isEqualTo(1);
        assertThat(seen(county.townSupervisorA, "select count(*) from mediation.scale where division = '" + county.townA + "'")).isEqualTo(1);
        // what they say of then stays, whoever asks
        assertThat(seen(county.townSupervisorA, "select count(*) from supervision.meeting where division = '" + county.townB + "' and scope = '" + county.townA + "'")).isEqualTo(1);
        assertThat(seen(County.make(context).supervisor, "select count(*) from supervision.meeting where division = '" + county.townB + "'")).isZero();

        trail();
        // both cuts; what the old town left out stays left out, and the new one may end that
        assertThat(due(county.townSupervisorA, county.townA, Cut.TODAY, Only.ALL)).isEqualTo(1);
        assertThat(due(county.townSupervisorA, county.townA, Cut.THEN, Only.ALL)).isEqualTo(1);
        assertThat(due(county.townSupervisorA, county.townB, Cut.THEN, Only.ALL)).isZero();
        String listed = townA.get("/supervision/exclusions").body();
        assertThat(listed).contains("乙镇窗口另行考核", "乙镇", exclusion + "/ended");
        assertThat(townA.post("/supervision/exclusions/" + exclusion + "/ended", Map.of()).status()).isEqualTo(303);
        written("insert into supervision.exclusion (id, division, scope, by_what, value, reason, from_day, proposed_at, proposed_by, proposer) values (?, ?, ?, 'kind', 'none', 'x', '2020-01-01', ?, ?, ?)",
                UUID.randomUUID(), county.townA, county.townA, now, head.person(), head.post());
        String rates = townA.get("/supervision/rates?by=town&cut=then&place=" + county.townB).body();
        assertThat(rates).contains("按受理时的区划", "乙镇 " + county.townB);
        assertThat(townA.get("/supervision/rates?place=" + county.villageB).status()).isEqualTo(404);
        assertThat(townA.get("/supervision/rates?place=" + county.code).status()).isEqualTo(404);
    }

    /** Administrators read what went where, when, by whom and from which command; nobody else. */
    private void trail() {
        Visitor administrator = county.signedIn(new Visitor(port), county.administrator);
        assertThat(administrator.get("/places?within=" + county.townA, "Accept", "text/html").body()).contains("/admin/place-changes?place=" + county.townA);
        String list = administrator.get("/admin/place-changes?place=" + county.townB).body();
        assertThat(list).contains("divisions succeed", "--on " + today, System.getProperty("user.name"));
        java.util.regex.Matcher link = java.util.regex.Pattern.compile("/admin/place-changes/[0-9]+").matcher(list);
        assertThat(link.find()).isTrue();
        String page = administrator.get(link.group()).body();
        assertThat(page).contains("会议纪要", "不计入考核的事项", "调解补贴", "信息泄露记录", "乙镇", county.townB, county.townA, county.centreB.name());
        assertThat(administrator.get("/admin/place-changes?place=" + county.code + "999").body()).contains("还没有区划变更");
        assertThat(administrator.get("/admin/place-changes/999999999").status()).isEqualTo(404);
        for (County.Member none : List.of(county.supervisor, county.auditor, county.townSupervisorA, county.handler)) {
            assertThat(county.signedIn(new Visitor(port), none).get("/admin/place-changes").status()).as(none.account()).isEqualTo(403);
            assertThat(county.signedIn(new Visitor(port), none).get("/places", "Accept", "text/html").body()).doesNotContain("/admin/place-changes");
        }
    }

    @Test
    void ratesKnowPlacesOfThenAndOfTodayAndLevels() {
        String code = county.code + "121";
        registers(county.townB, county.townSupervisorB, county.supervisor, "乙镇");
        registers(code.substring(0, 6), county.supervisor, county.auditor, "县");
        written("insert into supervision.exclusion_step (exclusion, what, at, person, post) select id, 'ended', '2021-01-01', ?, ? from supervision.exclusion where division = ?", county.auditor.person(),
                county.auditor.post(), county.code);
        assertThat(due(county.townSupervisorA, county.townA, Cut.TODAY, Only.ALL)).as("the county's was ended long ago").isEqualTo(1);
        take(Map.of(), county.townB + "," + code + ",丁镇");
        for (Cut cut : Cut.values()) {
            assertThat(due(county.townSupervisorB, cut == Cut.THEN ? county.townB : code, cut, Only.ALL)).as("the same place under another code leaves out the same").isZero();
        }
        Way next = Way.registered(context, county, county.clerk, "丁镇路灯不亮", Map.of("place", code + "201")).sorted().assigned().accepted();
        Eventually.that("it is counted", () -> seen(county.supervisor, "select count(*) from supervision.figure where matter = '" + next.id() + "' and signed_at is not null") == 1);
        assertThat(due(county.townSupervisorB, code, Cut.TODAY, Only.ALL)).as("also of what comes in under the new code").isZero();
        written("insert into supervision.exclusion_step (exclusion, what, at, person, post) select id, 'ended', '2021-01-01', ?, ? from supervision.exclusion where division = ?", county.auditor.person(),
                county.auditor.post(), county.townB);
        assertThat(due(county.townSupervisorB, code, Cut.TODAY, Only.ALL)).isEqualTo(2);
        assertThat(due(county.townSupervisorB, code, Cut.THEN, Only.ALL)).isEqualTo(1);
        assertThat(due(county.townSupervisorB, county.townB, Cut.THEN, Only.ALL)).isEqualTo(1);
        assertThat(due(county.townSupervisorB, county.townB, Cut.TODAY, Only.ALL)).isZero();
        assertThat(due(county.supervisor, county.code, Cut.THEN, Only.ALL)).isEqualTo(3);
        assertThat(due(county.townSupervisorA, code, Cut.TODAY, Only.ALL)).as("of another town").isZero();
        assertThat(due(county.townSupervisorA, county.townB, Cut.THEN, Only.ALL)).isZero();
        // by level, for villages and grids
        for (int level = 0; level <= 2; level++) {
            assertThat(due(county.supervisor, county.code, Cut.TODAY, Only.ALL.level(level))).isEqualTo(seen(county.supervisor, "select count(*) from supervision.figure where county = '" + county.code
                    + "' and level = " + level));
        }
        assertThat(due(county.supervisor, county.gridA, Cut.TODAY, Only.ALL)).isEqualTo(1);
        assertThat(due(county.supervisor, county.villageA, Cut.TODAY, Only.ALL)).isEqualTo(1);
        assertThat(due(county.supervisor, code + "201", Cut.TODAY, Only.ALL)).isEqualTo(2);
        // entries that come later leave the place of then as it is
        next.answered().closed();
        atB.answered().closed();
        Eventually.that("they are counted on", () -> seen(county.supervisor, "select count(*) from supervision.figure where matter in ('" + next.id() + "', '" + atB.id()
                + "') and closed_at is not null and coalesce(scope_was, '') = case when matter = '" + atB.id() + "' then '" + county.villageB + "' else '' end") == 2);
    }

    @Test
    void whatAPlaceThatWasSplitKeptGoesWithItsOfficesOnly() {
        registers(county.townB, county.townSupervisorB, county.supervisor, "乙镇");
        String townC = county.code + "131";
        take(Map.of(), county.townB + "," + townC + ",丙镇", county.townB + "," + county.code + "132,丁镇", county.villageB + "," + townC + "201,乙一村");
        Visitor townB = county.signedIn(new Visitor(port), county.townSupervisorB);
        assertThat(townB.get("/supervision/meetings").body()).contains("乙镇联席会议");
        assertThat(townB.get("/privacy/incidents").body()).contains("乙镇误发名单");
        List<Moved> moved = context.getBean(MovingOn.class).move(Map.of(county.townB, townC), MovingOn.Given.BY_ITSELF);
        assertThat(moved).contains(new Moved("minutes", "", county.townB, townC, 1), new Moved("breach", "", county.townB, townC, 1), new Moved("scale", "", county.townB, townC, 1))
                .noneMatch(one -> one.was().equals(county.townB) && one.what().equals("opening"));
        assertThat(townB.get("/supervision/meetings").body()).contains("乙镇联席会议");
        assertThat(townB.get("/privacy/incidents").body()).contains("乙镇误发名单");
        // nothing else of it may be changed
        county.as(new Actor.Machine("test"), () -> {
            for (String sql : List.of("update supervision.meeting set scope = '33'", "update mediation.scale set division = '33'", "update privacy.incident set scope = '33'")) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> transactions.execute(_ -> jdbc.sql(sql).update())).hasStackTraceContaining("permission denied");
            }
            return null;
        });
    }

    @Test
    void whatAPlaceKeptThatWasSplitBeforeRegistersFollowedGoesWhereItsOfficesWentThen() {
        registers(county.townB, county.townSupervisorB, county.supervisor, "乙镇");
        String townC = county.code + "131";
        take(Map.of(), county.townB + "," + townC + ",丙镇", county.townB + "," + county.code + "132,丁镇", county.villageB + "," + townC + "201,乙一村");
        // what the command wrote down then, when nothing but units, posts and rules went along
        written("with c as (insert into divisions.change (at, command, account) values (?, '', '') returning id) insert into divisions.moved (change, at, what, name, was, now, count)"
                + " select id, ?, 'unit', '乙镇中心', ?, ?, 1 from c", now, now, county.townB, townC);
        List<Moved> moved = context.getBean(MovingOn.class).move(Map.of(), MovingOn.Given.BY_ITSELF);
        assertThat(moved).contains(new Moved("minutes", "", county.townB, townC, 1), new Moved("breach", "", county.townB, townC, 1), new Moved("scale", "", county.townB, townC, 1))
                .noneMatch(one -> one.was().equals(county.townB) && one.what().equals("opening"));
        assertThat(context.getBean(MovingOn.class).move(Map.of(), MovingOn.Given.BY_ITSELF)).as("done anew").noneMatch(one -> one.was().equals(county.townB));
    }

    @Test
    void linesFromBeforeThereWereChangesAreOneWhereTheyWereWrittenTogether() throws Exception {
        String sql = new String(getClass().getResourceAsStream("/db/divisions/V14__changes_of_before.sql").readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try (var c = org.heshi.SuperuserConnection.open(context); var s = c.createStatement()) {
            c.setAutoCommit(false);
            // two runs of before, line by line, and one that was written as one since
            s.execute("""
                    with lines as (select n, timestamptz '2019-03-01 08:00+08' + n * interval '3 milliseconds' + case when n > 4 then interval '2 hours' else interval '0' end as at from generate_series(1, 7) n),
                         changes as (insert into divisions.change (at, command, account) select at, '', '' from lines returning id, at)
                    insert into divisions.moved (change, at, what, name, was, now, count) select c.id, c.at, 'unit', 'before ' || to_char(c.at, 'HH24'), '5499', '5498', 1 from changes c""");
            s.execute("""
                    with c as (insert into divisions.change (at, command, account) values (timestamptz '2019-03-01 08:00:00.010+08', '', '') returning id)
                    insert into divisions.moved (change, at, what, name, was, now, count) select id, timestamptz '2019-03-01 08:00:00.011+08', 'unit', 'since', '5499', '5498', 1 from c""");
            s.execute(sql);
            try (var r = s.executeQuery("select count(*), count(distinct change), count(distinct (change, name)), (select count(*) from divisions.change where at < '2019-03-02' and at >= '2019-03-01')"
                    + " from divisions.moved where at < '2019-03-02' and at >= '2019-03-01'")) {
                r.next();
                assertThat(List.of(r.getInt(1), r.getInt(2), r.getInt(3), r.getInt(4))).containsExactly(8, 3, 3, 3);
            } finally {
                c.rollback();
            }
        }
    }

    @Test
    void aScaleThatMeetsAnotherStaysAndIsToldOf() {
        for (String place : List.of(county.townA, county.townB)) {
            written("insert into mediation.scale (id, division, what, form, type, fen, from_day, basis, set_at, set_by) values (gen_random_uuid(), ?, 'agreed', '', '', 12000, '2026-01-01', '标准', ?, ?)",
                    place, now, county.supervisor.post());
        }
        assertThat(take(Map.of(), county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村")).contains(new Moved("scale", "", county.townB, "", 1));
    }

    @Test
    void whoWorksInAGridIsToldTheRateOfWhatTheyMaySee() {
        Way.registered(context, county, county.gridWorker, "网格里的路灯", Map.of("channel", "grid", "place", county.gridA))
                .does(county.townClerkA, "sort", Map.of("kind", "service", "category", County.ROADS, "level", "blue"))
                .does(county.townClerkA, "assign", Map.of("lead", county.roads.id().toString(), "reason", "道路照明由道路局负责")).accepted();
        Eventually.that("it is counted", () -> due(county.supervisor, county.gridA, Cut.TODAY, Only.ALL) == 2);
        assertThat(due(county.gridWorker, county.villageA, Cut.TODAY, Only.ALL)).isEqualTo(1);
        assertThat(due(county.gridWorker, county.villageA, Cut.THEN, Only.ALL)).isEqualTo(1);
        assertThat(due(county.gridWorker, county.townB, Cut.TODAY, Only.ALL)).isZero();
        assertThat(county.signedIn(new Visitor(port), county.gridWorker).get("/figures").body()).contains("响应率");
    }
}
