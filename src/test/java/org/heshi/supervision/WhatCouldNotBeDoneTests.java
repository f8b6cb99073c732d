package org.heshi.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.heshi.matters.clock.Watch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The window for what could not be got done, tasks that are checked, and limits that were over although nobody acted. */
@HeshiTest
class WhatCouldNotBeDoneTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    Watch watch;
    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Answer tries(Way way, Member who, String action, Map<String, Object> input) {
        int version = way.version();
        return county.as(who, () -> matters.act(Act.on(way.id(), action, input, version, UUID.randomUUID().toString())));
    }

    private Way tried() {
        Way way = Way.registered(context, county, "许可证办不下来").sorted("stuck");
        Map<String, Object> assign = Map.of("lead", county.roads.id().toString(), "reason", "没有办成的单位牵头");
        assertThat(tries(way, county.dispatcher, "assign", assign)).as("first it is written down what was tried").isInstanceOf(Answer.Refused.class);
        way.does(county.clerk, "tried", Map.of("office", county.roads.id().toString(), "wanted", "道口许可证", "tries", "去过三次，每次说材料不全"));
        return way.does(county.dispatcher, "assign", assign);
    }

    private boolean runs(UUID matter, String clock, UUID unit) {
        return jdbc.sql("select count(*) from matters.clock where matter = ? and name = ? and unit = ?").param(matter).param(clock).param(unit).query(Long.class)
                .single() == 1;
    }

    @Test
    void isAnsweredByTheUnitThatFailedAndCheckedBySomebodyElse() {
        Way way = tried();
        assertThat(runs(way.id(), "total", county.roads.id())).isTrue();
        way.accepted();
        Answer bare = tries(way, county.handler, "answer", Map.of("result", "cannot", "answer", "办不了"));
        assertThat(bare).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.refusals()).extracting(Refusal::field)
                .contains("ground", "instead"));
        way.does(county.handler, "answer", Map.of("result", "cannot", "answer", "不属于许可范围", "ground", "《公路法》第五十五条", "instead", "由县交通运输局办理"));
        assertThat(way.state()).isEqualTo("answered");
        assertThat(tries(way, county.handler, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "explained")))
                .isInstanceOf(Answer.Refused.class);
        way.does(county.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "fair", "outcome", "explained"));
        assertThat(way.state()).isEqualTo("closed");
    }

    @Test
    void isOfferedToTheOfficeThatWasTriedBeforeAnybodySearches() {
        Visitor dispatcher = county.signedIn(new Visitor(port), county.dispatcher);
        // two, so that no rule of who handles what can have offered both
        for (Unit office : List.of(county.roads, county.water)) {
            Way way = Way.registered(context, county, "又没办成").sorted("stuck");
            way.does(county.clerk, "tried", Map.of("office", office.id().toString(), "wanted", "取水许可", "tries", "去过两次"));
            assertThat(dispatcher.get("/matters/" + way.number().digits() + "/act/assign").body()).contains("value=\"" + office.id() + "\"");
        }
    }

    @Test
    void goesBackToTheDeskWithItsLimitWhenItIsReturned() {
        Way way = tried();
        way.does(county.handler, "return", Map.of("reason", "应由水务局办"));
        assertThat(way.state()).isEqualTo("tried");
        assertThat(runs(way.id(), "dispatch", county.centre.id())).isTrue();
    }

    @Test
    void isATaskThatIsCheckedAndMaybeSentBack() {
        Answer set = county.as(county.supervisor, () -> matters.act(new Act(Optional.empty(), "task", "set-task", Map.of("channel", "letter", "title", "修排水沟",
                "description", "年底前完成", "lead", county.water.id().toString(), "place", county.code, "term", "month"), 0, UUID.randomUUID().toString())));
        assertThat(set).isInstanceOf(Answer.Done.class);
        UUID task = ((Answer.Done) set).matter();
        assertThat(((Answer.Done) set).code()).as("nobody follows it with a code").isEmpty();
        assertThat(runs(task, "task", county.water.id())).isTrue();
        does(county.waterHandler, task, "done", Map.of("reply", "已完成一半"), 1);
        does(county.supervisor, task, "again", Map.of("reason", "还差一半"), 2);
        assertThat(runs(task, "again", county.water.id())).isTrue();
        does(county.waterHandler, task, "done", Map.of("reply", "全部完成"), 3);
        assertThat(act(county.waterHandler, task, "check-task", Map.of("outcome", "done"), 4)).isInstanceOf(Answer.Refused.class);
        does(county.supervisor, task, "check-task", Map.of("outcome", "done"), 4);
        assertThat(county.as(county.handler, () -> matters.act(new Act(Optional.empty(), "task", "set-task", Map.of(), 0, UUID.randomUUID().toString()))))
                .as("only a centre sets tasks").isInstanceOf(Answer.Refused.class);
    }

    @Test
    void isAComplaintThatCountsWithTheReceivingOrganAndIsKeptFromTheAccused() {
        Way way = Way.registered(context, county, county.townClerkA, "反映甲镇中心", Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        Eventually.that("it is counted", () -> jdbc.sql("select count(*) from supervision.figure where matter = ? and office and walled and town is null and county = ? and unit = ?")
                .param(way.id()).param(county.code).param(county.organ.id()).query(Long.class).single() == 1);
        for (Member accused : List.of(county.townSupervisorA, county.townClerkA)) {
            assertThat(counted(accused, way)).as("%s counts it", accused.account()).isFalse();
        }
        assertThat(counted(county.organDispatcher, way)).isTrue();
        // who has a post at the accused centre counts it in no other post either
        UUID second = new People(context).anotherPost(new People.Somebody(county.townSupervisorA.person(), county.townSupervisorA.post(), county.centre.id(), "second"),
                Role.SUPERVISOR);
        assertThat(counted(new Member("second", county.townSupervisorA.person(), second, county.centre), way)).isFalse();
    }

    private boolean counted(Member who, Way way) {
        JdbcClient app = context.getBean(JdbcClient.class);
        Long rows = county.as(who, () -> context.getBean(TransactionTemplate.class).execute(_ -> app.sql("select count(*) from supervision.figure where matter = ?")
                .param(way.id()).query(Long.class).single()));
        return rows == 1;
    }

    private Answer act(Member who, UUID matter, String action, Map<String, Object> input, int version) {
        return county.as(who, () -> matters.act(Act.on(matter, action, input, version, UUID.randomUUID().toString())));
    }

    private void does(Member who, UUID matter, String action, Map<String, Object> input, int version) {
        assertThat(act(who, matter, action, input, version)).as(action).isInstanceOf(Answer.Done.class);
    }

    @Test
    void isAPetitionTakenOnInTimeThoughTheTimeToObjectIsOver() {
        Way way = Way.registered(context, county, "第十日受理的信访").sorted("petition");
        way.does(county.dispatcher, "assign", Map.of("lead", county.roads.id().toString(), "reason", "职责所在", "sort", "claim", "manner", "forwarded"));
        jdbc.sql("""
                update matters.clock set started_at = started_at - interval '10 days', due_at = due_at - interval '10 days', warn_at = null
                 where matter = ? and name in ('sign', 'notice')""").param(way.id()).update();
        way.does(county.handler, "accept", Map.of("notice", "决定受理"));
        Eventually.that("it is counted as in time", () -> jdbc.sql("select count(*) from supervision.figure where matter = ? and signed_at < sign_due")
                .param(way.id()).query(Long.class).single() == 1);
        assertThat(jdbc.sql("select count(*) from supervision.mark where matter = ? and what = 'overdue'").param(way.id()).query(Long.class).single()).isZero();
    }

    @Test
    void isOnTheMonthlyListWhileALimitIsOverAndTheMonthItEnded() {
        Way way = Way.registered(context, county, "超期的事").sorted().assigned();
        jdbc.sql("""
                update matters.clock set started_at = now() - interval '40 days', due_at = now() - interval '35 days', warn_at = null,
                  next_at = now() - interval '1 second' where matter = ? and name = 'sign'""").param(way.id()).update();
        Eventually.that("word of the limit is given", () -> {
            watch.round();
            return jdbc.sql("select count(*) from supervision.mark where matter = ? and what = 'overdue' and until = 'infinity'").param(way.id()).query(Long.class)
                    .single() == 1;
        });
        Visitor supervisor = county.signedIn(new Visitor(port), county.supervisor);
        assertThat(supervisor.get("/supervision/month").body()).contains("超期的事", "当月有时限超期");
        way.accepted();
        Eventually.that("the mark ends", () -> jdbc.sql("select count(*) from supervision.mark where matter = ? and what = 'overdue' and until < 'infinity'")
                .param(way.id()).query(Long.class).single() == 1);
        assertThat(supervisor.get("/supervision/month").body()).contains("超期的事");
        Member auditor = county.hire(county.centre, "town-auditor", Role.AUDITOR);
        assertThat(county.signedIn(new Visitor(port), auditor).get("/supervision/month").status()).isEqualTo(403);
        assertThat(List.of("2019-12", "2026-13", "x")).allSatisfy(month -> assertThat(supervisor.get("/supervision/month?month=" + month).status()).isEqualTo(200));
    }
}
