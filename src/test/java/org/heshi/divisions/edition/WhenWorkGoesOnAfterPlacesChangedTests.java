package org.heshi.divisions.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.KeepsPlaces.Moved;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Way;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Measure;
import org.heshi.statistics.Question;
import org.heshi.statistics.Question.Cut;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;

/** A town is renumbered, merged or split in mid-year: who worked there goes on working, sees what is theirs, and nobody sees what is not. */
@HeshiTest
class WhenWorkGoesOnAfterPlacesChangedTests {

    private static final Pattern LINKED = Pattern.compile("<a href=\"(/figures/matters[^\"]+)\" aria-label=\"[^\"]*\">([0-9,]+)</a>");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    SucceedDivisions succeed;
    @Autowired
    Divisions divisions;
    @Autowired
    Directory directory;
    @Autowired
    Figures figures;
    @Autowired
    MatterRows rows;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());
    County county;
    Way atA;
    Way atB;

    @BeforeEach
    void aTroubleInEachTown() {
        county = County.make(context);
        atA = Way.registered(context, county, county.townClerkA, "甲镇路灯不亮", Map.of());
        atB = Way.registered(context, county, county.townClerkB, "乙镇路灯不亮", Map.of("place", county.villageB));
        Eventually.that("both are counted", () -> received(county.supervisor, county.code, Cut.TODAY) == 2);
    }

    /** As the county's IT person does: tries again when something else holds what must be moved. */
    private SucceedDivisions.Done take(String... lines) {
        for (int tries = 1; ; tries++) {
            try {
                return takeOnce(lines);
            } catch (Busy busy) {
                if (tries == 4) {
                    throw busy;
                }
            }
        }
    }

    private SucceedDivisions.Done takeOnce(String... lines) {
        return succeed.take(SucceedDivisions.lines(List.of(lines)), today, Map.of(), false);
    }

    private long received(County.Member member, String place, Cut cut) {
        return county.as(member, () -> figures.ask(question(place, cut))).total().received();
    }

    private Question question(String place, Cut cut) {
        return Question.of(place, today.minusDays(1), today.plusDays(1)).cut(cut);
    }

    /** What the list behind shows to who looks: only rows that the database lets them see. */
    private List<UUID> listed(County.Member member, String place, Cut cut) {
        return county.as(member, () -> rows.rows(figures.behind(question(place, cut), Measure.RECEIVED, Optional.empty(), 20).rows())).stream().map(MatterRows.Row::id).toList();
    }

    private void sees(County.Member member, String place, Cut cut, Way... ways) {
        UUID[] ids = Arrays.stream(ways).map(Way::id).toArray(UUID[]::new);
        Eventually.that(member.account() + " sees " + ids.length + " at " + place + " " + cut, () -> received(member, place, cut) == ids.length);
        assertThat(listed(member, place, cut)).as(place + " " + cut).containsExactlyInAnyOrder(ids);
    }

    private void refused(County.Member member, String place) {
        for (Cut cut : Cut.values()) {
            assertThatThrownBy(() -> received(member, place, cut)).as(place).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> listed(member, place, cut)).as(place).isInstanceOf(AccessDeniedException.class);
        }
    }

    /** Each number of the page has a list as long. */
    private void agrees(Visitor visitor, String address) {
        Matcher link = LINKED.matcher(visitor.get(address).body());
        int checked = 0;
        while (link.find() && checked++ < 12) {
            String list = visitor.get(link.group(1).replace("&amp;", "&")).body();
            assertThat(list.split("class=\"line-what\"", -1).length - 1).as(address + " " + link.group(1)).isEqualTo(Integer.parseInt(link.group(2)));
        }
        assertThat(checked).as(address).isPositive();
    }

    @Test
    void twoTownsAreMergedIntoANewOne() {
        String townC = county.code + "111";
        List<Moved> moved = take(county.townA + "," + townC + ",丙镇", county.townB + "," + townC, county.villageA + "," + townC + "201,甲一村",
                county.villageB + "," + townC + "202,乙一村", county.gridA + "," + townC + "201001,甲一村第一网格").moved();
        assertThat(moved).contains(new Moved("unit", county.centreA.name(), county.townA, townC, 1), new Moved("unit", county.committeeA.name(), county.villageA, townC + "201", 1),
                new Moved("matter", "", county.villageA, townC + "201", 1), new Moved("matter", "", county.villageB, townC + "202", 1));
        assertThat(moved).as("of two rules for the same only the first goes along, the other is told of").filteredOn(one -> one.what().equals("rule") && one.was().startsWith(county.code))
                .extracting(Moved::now).containsExactlyInAnyOrder(townC, "");

        // (1), (2): the town's own posts, the county, both cuts
        for (County.Member member : List.of(county.townSupervisorA, county.townSupervisorB, county.supervisor)) {
            sees(member, townC, Cut.TODAY, atA, atB);
            sees(member, county.townA, Cut.THEN, atA);
            sees(member, county.townB, Cut.THEN, atB);
            sees(member, townC, Cut.THEN);
        }
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/figures").body()).contains("丙镇数据看板", "这段时间受理 2 件", "这里包括了原来的", "甲镇 " + county.townA);
        assertThat(townA.get("/figures?place=" + county.townA).body()).contains("甲镇数据看板", "这段时间受理 1 件", "按受理时的区划显示");
        assertThat(townA.get(atB.page()).body()).contains("乙镇路灯不亮");
        assertThat(townA.get("/board/matters").body()).contains("甲镇路灯不亮", "乙镇路灯不亮");
        assertThat(townA.get("/board").body()).contains("丙镇");
        agrees(townA, "/figures");
        agrees(townA, "/figures?place=" + county.townA);
        // (5) places of then are drawn
        Visitor supervisor = county.signedIn(new Visitor(port), county.supervisor);
        assertThat(supervisor.get("/figures?cut=then").body()).contains("甲镇", "乙镇", "plan-tiles");
        agrees(supervisor, "/figures?cut=then");
        // (3) what comes in new goes to who was there
        List<UUID> there = List.of(county.centreA.id(), county.centreB.id());
        assertThat(directory.centreFor(townC + "201").orElseThrow().id()).isIn(there);
        assertThat(directory.whoHandles("99", townC + "201").orElseThrow().lead().id()).isIn(there);
        Eventually.that("a code that ended leads on", () -> there.contains(directory.centreFor(county.villageA).orElseThrow().id()));
        Way next = Way.registered(context, county, county.townClerkB, "丙镇路灯不亮", Map.of("place", townC + "202"));
        sees(county.townSupervisorA, townC, Cut.TODAY, atA, atB, next);
        sees(county.townSupervisorB, townC, Cut.THEN, next);
        // what stood there goes on
        atA.does(county.townClerkA, "sort", Map.of("kind", "service", "category", County.ROADS, "level", "blue"))
                .does(county.townClerkA, "assign", Map.of("lead", county.roads.id().toString(), "reason", "道路照明由道路局负责")).accepted().answered()
                .does(county.townClerkA, "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"));
        Eventually.that("it is closed at the new town, and at the old one then", () -> closed(townC, Cut.TODAY) == 1 && closed(county.townA, Cut.THEN) == 1 && closed(townC, Cut.THEN) == 0);
        // (6) neighbours and strangers
        refused(county.townSupervisorA, county.code);
        refused(county.handler, townC);
        refused(County.make(context).supervisor, townC);
        county.end(county.townSupervisorB);
        assertThatThrownBy(() -> received(county.townSupervisorB, townC, Cut.TODAY)).isInstanceOf(java.util.NoSuchElementException.class);
        // done again nothing moves; the trail stays
        assertThat(context.getBean(MovingOn.class).move(Map.of(), MovingOn.Given.BY_ITSELF)).noneMatch(one -> one.was().startsWith(county.code) && !one.now().isEmpty());
        long trail = county.as(county.administrator, () -> transactions.execute(_ ->
                jdbc.sql("select count(*) from divisions.moved where was = ? and now = ?").params(county.townA, townC).query(Long.class).single()));
        assertThat(trail).isPositive();
    }

    private long closed(String place, Cut cut) {
        return county.as(county.supervisor, () -> figures.ask(question(place, cut))).total().closed();
    }

    @Test
    void aTownIsMergedIntoItsNeighbourWhoseCentreKeepsTheDesk() {
        take(county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村");
        sees(county.townSupervisorA, county.townA, Cut.TODAY, atA, atB);
        sees(county.townSupervisorB, county.townA, Cut.TODAY, atA, atB);
        sees(county.townSupervisorA, county.townA, Cut.THEN, atA);
        sees(county.townSupervisorA, county.townB, Cut.THEN, atB);
        assertThat(directory.centreFor(county.townA + "202").orElseThrow().id()).isEqualTo(county.centreA.id());
        agrees(county.signedIn(new Visitor(port), county.townSupervisorB), "/figures");
    }

    @Test
    void aRenamedTownGoesOnUnderItsNewCode() {
        String code = county.code + "121";
        take(county.townA + "," + code + ",丁镇");
        for (County.Member member : List.of(county.townSupervisorA, county.supervisor)) {
            sees(member, code, Cut.TODAY, atA);
            sees(member, county.townA, Cut.THEN, atA);
            sees(member, code, Cut.THEN);
        }
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/figures").body()).contains("丁镇数据看板");
        assertThat(townA.get(atA.page()).body()).as("where it was is told as it was").contains("甲镇甲一村");
        assertThat(directory.whoHandles("99", code + "201").orElseThrow().lead().id()).isEqualTo(county.centreA.id());
        refused(county.townSupervisorB, code);
        refused(county.townSupervisorB, county.townA);
        assertThat(county.as(county.townSupervisorB, () -> rows.rows(List.of(atA.id())))).isEmpty();
    }

    @Test
    void aSplitTownIsShownAsItWasUntilItsOfficesHaveTheirPlace() {
        String townC = county.code + "131";
        String townD = county.code + "132";
        String[] lines = {county.townA + "," + townC + ",丙镇", county.townA + "," + townD + ",丁镇", county.villageA + "," + townC + "201,甲一村",
                county.gridA + "," + townC + "201001,甲一村第一网格"};
        SucceedDivisions.Done tried = succeed.take(SucceedDivisions.lines(List.of(lines)), today, Map.of(), true);
        assertThat(tried.moved()).contains(new Moved("unit", county.centreA.name(), county.townA, "", 1));
        assertThat(divisions.find(county.townA)).as("only tried").isPresent();
        assertThat(directory.findUnit(county.committeeA.id()).orElseThrow().division()).isEqualTo(county.villageA);

        take(lines);
        sees(county.townSupervisorA, county.townA, Cut.THEN, atA);
        sees(county.supervisor, townC, Cut.TODAY, atA);
        sees(county.supervisor, county.townA, Cut.THEN, atA);
        sees(county.supervisor, county.code, Cut.TODAY, atA, atB);
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/figures").body()).contains("甲镇数据看板", "这段时间受理 1 件", "按受理时的区划显示");
        agrees(townA, "/figures");
        refused(county.townSupervisorA, townC);
        refused(county.townSupervisorB, county.townA);
        assertThat(directory.centreFor(townC + "201").orElseThrow().id()).isEqualTo(county.centre.id());

        // an administrator says which part keeps the offices
        assertThatThrownBy(() -> context.getBean(MovingOn.class).move(Map.of(county.townA, county.townB), MovingOn.Given.BY_ITSELF)).isInstanceOf(BadEdition.class);
        context.getBean(MovingOn.class).move(Map.of(county.townA, townC), MovingOn.Given.BY_ITSELF);
        sees(county.townSupervisorA, townC, Cut.TODAY, atA);
        assertThat(directory.centreFor(townC + "201").orElseThrow().id()).isEqualTo(county.centreA.id());
        refused(county.townSupervisorA, townD);
        refused(county.townSupervisorA, county.townA);
    }

    @Test
    void whatIsAboutAnOfficeStaysWithWhoReceivedIt() {
        Way about = Way.registered(context, county, county.townClerkA, "反映甲镇中心", Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        take(county.townA + "," + county.townB, county.villageA + "," + county.townB + "202,甲一村", county.gridA + "," + county.townB + "202001,甲一村第一网格");
        for (County.Member member : List.of(county.townSupervisorA, county.townSupervisorB, county.townClerkA, county.townClerkB)) {
            assertThat(county.as(member, () -> rows.rows(List.of(about.id())))).as(member.account()).isEmpty();
        }
        sees(county.townSupervisorB, county.townB, Cut.TODAY, atA, atB);
        assertThat(county.as(new Actor.Machine("figures"), () -> figures.ask(question(county.code, Cut.TODAY).by(By.TOWN))).total().received()).isEqualTo(2);
        assertThat(county.as(county.organDispatcher, () -> rows.rows(List.of(about.id())))).hasSize(1);
    }

    private void written(String sql, Object... params) {
        county.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(sql).params(params).update()));
    }

    @Test
    void whoeverIsOfAUnitThatWasNotLetInSeesNothingOfTheOtherPlace() {
        written("update directory.unit set name = ? where id = ?", county.centreA.name(), county.centreB.id());
        written("update directory.post set division_code = ? where id = ?", county.townB, county.townSupervisorB.post());
        List<Moved> moved = take(county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村").moved();
        assertThat(moved).contains(new Moved("unit", county.centreA.name(), county.townB, "", 1), new Moved("post", county.centreA.name() + " 督办岗", county.townB, "", 1));
        assertThat(county.as(county.townSupervisorB, () -> rows.rows(List.of(atA.id(), atB.id())))).extracting(MatterRows.Row::id).containsExactly(atB.id());
        refused(county.townSupervisorB, county.townA);
        sees(county.townSupervisorA, county.townA, Cut.TODAY, atA, atB);
    }

    @Test
    void whoWatchedThePlaceOfBeforeFindsItForHalfAYearAndThenOnlyWhatNobodyWroteIn() {
        County.Member watcher = county.hire(county.centreB, "watcher", Role.SUPERVISOR);
        written("update directory.post set division_code = ? where id = ?", county.townA, watcher.post());
        take(county.townA + "," + county.code + "131,丙镇", county.townA + "," + county.code + "132,丁镇", county.villageA + "," + county.code + "131201,甲一村",
                county.gridA + "," + county.code + "131201001,甲一村第一网格");
        atA.does(county.townClerkA, "sort", Map.of("kind", "service", "category", County.ROADS, "level", "blue"));
        Visitor visitor = county.signedIn(new Visitor(port), watcher);
        Eventually.says(() -> visitor.get("/search?q=" + java.net.URLEncoder.encode("甲镇路灯", java.nio.charset.StandardCharsets.UTF_8)).body(), atA.page());

        written("update matters.matter set scope_moved_at = now() - interval '7 months' where id = ?", atA.id());
        assertThat(county.as(watcher, () -> rows.rows(List.of(atA.id())))).isEmpty();
        assertThat(visitor.get(atA.page()).status()).isEqualTo(404);
        written("update matters.matter set last_at = scope_moved_at where id = ?", atA.id());
        assertThat(county.as(watcher, () -> rows.rows(List.of(atA.id())))).hasSize(1);
    }

    @Test
    void whatComesInBeforeOfficesHaveMovedGoesToThem() {
        String code = county.code + "141";
        written("update divisions.followed set upto = ?", today.minusDays(1));
        context.getBean(Succeeding.class).take(SucceedDivisions.lines(List.of(county.townA + "," + code + ",丁镇")), today);
        for (int i = 0; i < 2; i++) {
            Eventually.that("the centre takes in", () -> directory.centreFor(code + "201").orElseThrow().id().equals(county.centreA.id()));
            assertThat(directory.whoHandles("99", code + "201").orElseThrow().lead().id()).isEqualTo(county.centreA.id());
            context.getBean(MovingOn.class).whenItIsTime();
        }
        assertThat(directory.findUnit(county.centreA.id()).orElseThrow().division()).isEqualTo(code);
    }

    @Test
    void itIsLookedForAtTheFirstMomentOfADay() {
        Instant[] now = {Instant.EPOCH};
        List<String> rounds = new ArrayList<>();
        EveryDay.Rounds follow = new EveryDay.Rounds(() -> {
            rounds.add(now[0].toString().substring(11, 19));
            if (rounds.size() == 3) {
                throw new IllegalStateException("busy");
            }
        }, () -> now[0]);
        for (int second = 0; second < 30 * 60; second += 5) {
            now[0] = Instant.parse("2026-06-30T15:45:00Z").plusSeconds(second);
            try {
                follow.run();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("busy");
            }
        }
        assertThat(rounds).as("midnight in Shanghai, and again soon when it failed").containsExactly("15:45:00", "15:55:00", "16:00:00", "16:01:00", "16:11:00");
    }

    @Test
    void nobodyWaitsLongBehindAChangeThatMustWait() throws SQLException {
        try (Connection reader = context.getBean(DataSource.class).getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("set local idle_in_transaction_session_timeout = '20s'");
            reader.createStatement().execute("select from matters.matter limit 1");
            assertThatThrownBy(() -> takeOnce(county.townA + "," + county.code + "151,丁镇")).isInstanceOf(Busy.class).hasMessageContaining("try again later");
            reader.rollback();
        }
        assertThat(divisions.find(county.townA)).as("nothing was changed").isPresent();
    }

    @Test
    void bulletinsOfAPlaceThatWentIntoOneWithItsOwnAreReadThere() {
        bulletin(county.townSupervisorA, county.townA, 2, true);
        bulletin(county.townSupervisorB, county.townB, 2, true);
        UUID alone = bulletin(county.townSupervisorB, county.townB, 3, true);
        UUID draft = bulletin(county.townSupervisorB, county.townB, 1, false);
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/figures/bulletins/" + alone).status()).as("of the neighbour").isEqualTo(404);
        assertThat(take(county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村").moved())
                .contains(new Moved("bulletin", "", county.townB, county.townA, 1), new Moved("bulletin", "", county.townB, "", 2));
        assertThat(townA.get("/figures/bulletins/" + alone).body()).contains("乙镇");
        assertThat(townA.get("/figures/bulletins").body()).contains("/figures/bulletins/" + alone, "/figures/bulletins/" + draft);
    }

    @Test
    void aDraftThatMeetsOneOfTheSameMonthIsGoneOnWithByWhoWatchesThePlaceOfToday() {
        bulletin(county.townSupervisorA, county.townA, 1, false);
        UUID left = bulletin(county.townSupervisorB, county.townB, 1, false);
        UUID other = bulletin(county.townSupervisorB, county.townB, 2, false);
        bulletin(county.townSupervisorA, county.townA, 2, false);
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/figures/bulletins/" + left).status()).isEqualTo(404);
        assertThat(take(county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村").moved()).contains(new Moved("bulletin", "", county.townB, "", 2));
        String address = "/figures/bulletins/" + left;
        assertThat(townA.get("/figures/bulletins").body()).contains(address, "乙镇社会治理工作通报", "甲镇社会治理工作通报");
        assertThat(townA.get(address).body()).contains("乙镇的区划代码已经停用", "乙镇社会治理工作通报");
        assertThat(townA.post(address, Map.of("foreword", "乙镇各村：", "remarks", "", "revision", "0")).status()).isEqualTo(303);
        String page = townA.get(address).body();
        assertThat(page).contains("乙镇各村");
        for (County.Member none : List.of(county.supervisor, county.townClerkA, county.auditor)) {
            Visitor visitor = county.signedIn(new Visitor(port), none);
            assertThat(visitor.get(address).status()).as(none.account()).isIn(403, 404);
            assertThat(visitor.post(address + "/drop", Map.of()).status()).as(none.account()).isIn(403, 404);
        }
        Matcher seen = Pattern.compile("name=\"digest\" value=\"([^\"]*)\"").matcher(page);
        assertThat(seen.find()).isTrue();
        assertThat(townA.post(address + "/release", Map.of("revision", "1", "digest", seen.group(1))).location()).isEqualTo(address);
        assertThat(townA.get(address).body()).contains("这一期已经发布", "乙镇");
        assertThat(townA.post(address + "/drop", Map.of()).status()).as("what was released stays").isEqualTo(404);
        assertThat(townA.post("/figures/bulletins/" + other + "/drop", Map.of()).location()).isEqualTo("/figures/bulletins");
        assertThat(townA.get("/figures/bulletins/" + other).status()).isEqualTo(404);
    }

    @Test
    void aDraftOfAPlaceOfWhichAPartWentElsewhereIsOpenedByNobodyForItsFiguresHoldThatPart() {
        County other = County.make(context);
        bulletin(county.townSupervisorA, county.townA, 1, false);
        UUID left = bulletin(county.townSupervisorB, county.townB, 1, false);
        take(county.townB + "," + county.townA, county.villageB + "," + other.villageA);
        assertThat(divisions.successors()).containsEntry(county.townB, county.townA);
        assertThat(divisions.once(county.townA)).doesNotContain(county.townB);
        Visitor townA = county.signedIn(new Visitor(port), county.townSupervisorA);
        assertThat(townA.get("/figures/bulletins").body()).doesNotContain("/figures/bulletins/" + left);
        assertThat(townA.get("/figures/bulletins/" + left).status()).isEqualTo(404);
        assertThat(townA.get("/figures/bulletins/" + left + "/paper.pdf").status()).isEqualTo(404);
    }

    private UUID bulletin(County.Member writer, String place, int monthsAgo, boolean released) {
        UUID id = Uuid7.at(Instant.now());
        LocalDate month = today.minusMonths(monthsAgo).withDayOfMonth(1);
        county.as(writer, () -> transactions.execute(_ -> jdbc.sql("""
                insert into statistics.bulletin (id, place, month, version, unit, foreword, remarks, written_at, written_by, number, counted_at, released_at, released_by, pdf)
                select :id, :place, :month, 1, :unit, '', '', now(), :post, r.number, r.at, r.at, r.by, r.pdf
                  from (select 13 - :ago, now(), cast(:post as uuid), cast('paper' as bytea) where :released union all select null, null, null, null where not :released) r (number, at, by, pdf)
                """).param("id", id).param("place", place).param("month", month).param("unit", writer.unit().id()).param("post", writer.post()).param("ago", monthsAgo)
                .param("released", released).update()));
        return id;
    }
}
