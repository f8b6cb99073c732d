package org.heshi.divisions.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.KeepsPlaces.Moved;
import org.heshi.kernel.CivilTime;
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

    private SucceedDivisions.Done take(String... lines) {
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
        assertThat(context.getBean(MovingOn.class).move(Map.of())).noneMatch(one -> one.was().startsWith(county.code) && !one.now().isEmpty());
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
        assertThatThrownBy(() -> context.getBean(MovingOn.class).move(Map.of(county.townA, county.townB))).isInstanceOf(BadEdition.class);
        context.getBean(MovingOn.class).move(Map.of(county.townA, townC));
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
}
