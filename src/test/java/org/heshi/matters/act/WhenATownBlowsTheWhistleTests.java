package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heshi.matters.act.WhenUnitsDisagreeTests.codes;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.access.Actor;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.directory.Role;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.ClockView;
import org.heshi.matters.view.MatterViews.MatterView;
import org.heshi.matters.view.MatterViews.QueueFilter;
import org.heshi.matters.view.MatterViews.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A town calls departments in: its head approves, each department reports in and reports what it did, the town says how it was. */
@HeshiTest
class WhenATownBlowsTheWhistleTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    Matters matters;
    @Autowired
    Calendar calendar;

    County county;
    Member townHead;

    @BeforeEach
    void county() {
        county = County.make(context);
        townHead = county.hire(county.centreA, "town-head", Role.HEAD);
    }

    private Way atTheTown() {
        return Way.registered(context, county, "河道边违章搭建").sorted()
                .does(county.dispatcher, "assign", Map.of("lead", county.centreA.id().toString(), "reason", "属地"))
                .does(county.townClerkA, "accept", Map.of());
    }

    private Map<String, Object> whistle(String sort) {
        return Map.of("sort", sort, "departments", List.of(county.roads.id().toString(), county.water.id().toString()), "request", "请到场联合执法");
    }

    private List<Row> called(Member department) {
        return county.as(department, () -> views.queue(new QueueFilter(java.util.Optional.empty(), java.util.Optional.empty(), 20))).rows().stream()
                .filter(row -> row.kind().equals("whistle")).toList();
    }

    private Answer act(Member who, UUID matter, String action, Map<String, Object> input) {
        int version = county.as(new Actor.Machine("test"), () -> views.get(matter).version());
        return county.as(who, () -> matters.act(Act.on(matter, action, input, version, UUID.randomUUID().toString())));
    }

    @Test
    void callsEachDepartmentOnlyWhenTheHeadOfTheTownApproved() {
        Way way = atTheTown().does(county.townClerkA, "whistle", whistle("joint"));
        assertThat(called(county.handler)).isEmpty();
        assertThat(codes(act(county.townClerkA, way.id(), "approve-whistle", Map.of()))).as("not by the clerk").containsExactly("not-allowed");
        assertThat(codes(act(county.townClerkA, way.id(), "whistle", whistle("joint")))).as("one at a time").containsExactly("not-answered-yet");

        way.does(townHead, "approve-whistle", Map.of());
        assertThat(called(county.handler)).hasSize(1);
        assertThat(called(county.waterHandler)).hasSize(1);
        assertThat(codes(act(townHead, way.id(), "approve-whistle", Map.of()))).as("nothing is left to approve").containsExactly("nothing-to-answer");
        MatterView child = county.as(county.handler, () -> views.get(called(county.handler).getFirst().id()));
        assertThat(child.splitFrom()).contains(way.number());
        assertThat(child.word("title")).isEqualTo("河道边违章搭建");
        assertThat(child.word("description")).isEqualTo("请到场联合执法");
        assertThat(county.as(county.handler, () -> views.get(way.id())).helpers()).contains(county.roads, county.water);
    }

    @Test
    void runsUnderTheClocksOfItsKind() {
        Map<String, String> reporting = Map.of("demand", "1 WORKDAY", "joint", "4 HOUR", "emergency", "1 HOUR");
        reporting.forEach((sort, length) -> {
            atTheTown().does(county.townClerkA, "whistle", whistle(sort)).does(townHead, "approve-whistle", Map.of());
            Row newest = called(county.handler).stream().max(java.util.Comparator.comparing(Row::id)).orElseThrow();
            MatterView child = county.as(county.handler, () -> views.get(newest.id()));
            ClockView clock = child.clocks().stream().filter(c -> c.name().equals("report-in")).findFirst().orElseThrow();
            assertThat(clock.lastAt()).as(sort).isEqualTo(calendar.due(Limit.parse(length), child.recordedAt(), ServiceHours.ALWAYS).at().minusSeconds(1));
            assertThat(clock.unit()).contains(county.roads.name());
        });
    }

    @Test
    void isReportedInDoneAndRatedByTheTown() {
        atTheTown().does(county.townClerkA, "whistle", whistle("emergency")).does(townHead, "approve-whistle", Map.of());
        UUID child = called(county.waterHandler).getFirst().id();
        assertThat(codes(act(county.waterHandler, child, "done", Map.of("done", "没有先报到")))).containsExactly("not-allowed");
        assertThat(act(county.waterHandler, child, "report-in", Map.of("contact", "水务局值班室 0575-0000000"))).isInstanceOf(Answer.Done.class);
        assertThat(act(county.waterHandler, child, "done", Map.of("done", "已清障"))).isInstanceOf(Answer.Done.class);
        assertThat(codes(act(county.townClerkA, child, "rate-department", Map.of("arrival", "in-time", "outcome", "done", "mark", "poor"))))
                .as("a poor mark has a reason").containsExactly("required");
        assertThat(act(county.townClerkA, child, "again", Map.of("reason", "还有淤泥"))).isInstanceOf(Answer.Done.class);
        assertThat(county.as(county.supervisor, () -> views.get(child)).clocks()).as("what is missing has its limit").extracting(ClockView::name)
                .containsExactly("more");
        assertThat(act(county.waterHandler, child, "done", Map.of("done", "淤泥已清"))).isInstanceOf(Answer.Done.class);
        assertThat(act(county.townClerkA, child, "rate-department", Map.of("arrival", "in-time", "outcome", "done", "mark", "good"))).isInstanceOf(Answer.Done.class);
        MatterView rated = county.as(county.supervisor, () -> views.get(child));
        assertThat(rated.outcome()).contains("done");
        assertThat(rated.clocks()).isEmpty();
        MatterView parent = county.as(new Actor.Machine("test"), () -> views.get(views.find(rated.splitFrom().orElseThrow()).orElseThrow()));
        assertThat(parent.helpers()).as("who is done reads no more of it").doesNotContain(county.water).contains(county.roads);
    }

    @Test
    void isNotApprovedForAMatterThatMovedOnMeanwhile() {
        Way way = atTheTown().does(county.townClerkA, "whistle", whistle("joint"));
        way.does(county.dispatcher, "reassign", Map.of("lead", county.centreB.id().toString(), "reason", "属乙镇"));
        Member headB = county.hire(county.centreB, "town-head-b", Role.HEAD);
        assertThat(codes(act(headB, way.id(), "approve-whistle", Map.of()))).containsExactly("whistle-outdated");
        assertThat(act(headB, way.id(), "refuse-whistle", Map.of("reason", "不是我们吹的"))).isInstanceOf(Answer.Done.class);
        assertThat(called(county.handler)).isEmpty();
    }

    @Test
    void isCalledOffForADepartmentThatTheMatterTurnsOutToBeAbout() {
        Way way = Way.registered(context, county, "道路局的人收了钱").sorted()
                .does(county.dispatcher, "assign", Map.of("lead", county.centreA.id().toString(), "reason", "属地"))
                .does(county.townClerkA, "whistle", whistle("joint")).does(townHead, "approve-whistle", Map.of());
        UUID child = called(county.handler).getFirst().id();
        way.does(county.townClerkA, "return", Map.of("reason", "反映的是道路局"));
        way.does(county.dispatcher, "name-office", Map.of("accused", county.roads.id().toString(), "reason", "反映的是道路局"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> county.as(county.handler, () -> views.get(child))).isInstanceOf(NoSuchElementException.class);
        assertThat(called(county.handler)).isEmpty();
        assertThat(called(county.waterHandler)).as("the other department goes on").hasSize(1);
    }

    @Test
    void isNotForDepartmentsOrTheCountyAndNeverCallsWhoWhistles() {
        Way way = Way.registered(context, county, "路面塌陷").sorted().assigned().accepted();
        assertThat(codes(act(county.roadsHead, way.id(), "whistle", Map.of("sort", "joint", "departments", List.of(county.water.id().toString()),
                "request", "来")))).containsExactly("not-allowed");
        Way town = atTheTown();
        assertThat(codes(act(county.townClerkA, town.id(), "whistle", Map.of("sort", "joint", "departments",
                List.of(county.centreA.id().toString()), "request", "来")))).containsExactly("calls-itself");
    }

    @Test
    void isTurnedDownWithAReasonAndMayBeBlownAgain() {
        Way way = atTheTown().does(county.townClerkA, "whistle", whistle("demand")).does(townHead, "refuse-whistle", Map.of("reason", "先自己处理"));
        assertThat(called(county.handler)).isEmpty();
        way.does(county.townClerkA, "whistle", whistle("demand")).does(townHead, "approve-whistle", Map.of());
        assertThat(called(county.handler)).hasSize(1);
    }

    @Test
    void isSeenWithItsClocksByTheCentreAndByNobodyNextDoor() {
        atTheTown().does(county.townClerkA, "whistle", whistle("joint")).does(townHead, "approve-whistle", Map.of());
        UUID child = called(county.handler).getFirst().id();
        assertThat(county.as(county.supervisor, () -> views.get(child)).clocks()).extracting(ClockView::name).contains("report-in", "feedback");
        for (Member stranger : List.of(county.townClerkB, county.townSupervisorB, county.gridWorker)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> county.as(stranger, () -> views.get(child))).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void isNotOfferedWhereAMatterIsSorted() {
        Way way = Way.registered(context, county, "分到哨里");
        assertThat(codes(act(county.dispatcher, way.id(), "sort", Map.of("kind", "whistle", "category", County.ROADS, "level", "blue"))))
                .containsExactly("unknown-kind");
        assertThat(county.as(county.dispatcher, () -> views.nextActions(way.id())).stream().map(Action::name)).contains("sort");
    }
}
