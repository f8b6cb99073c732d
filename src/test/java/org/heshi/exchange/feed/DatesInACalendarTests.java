package org.heshi.exchange.feed;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Somebody has the limits of their unit in the calendar of their telephone. */
@HeshiTest
class DatesInACalendarTests {

    private static final Pattern FEED = Pattern.compile("data-feed[^>]*>https?://[^/]+(/calendar/feed/[A-Za-z0-9_-]{43}\\.ics)<");

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    @Test
    void comeUnderASecretAddressWithoutAnythingThatAnybodyWrote() throws Exception {
        FollowedMatter followed = FollowedMatter.inAVillage(context);
        Answer.Done matter = followed.report(Map.of("name", "李四光", "phone", "13900000002"));
        UUID id = matter.matter();
        followed.act(followed.desk(), id, "confirm", Map.of());
        followed.act(followed.desk(), id, "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        followed.act(followed.desk(), id, "assign", Map.of("lead", followed.handler().unit().toString(), "reason", "职责所在"));
        People.Somebody handler = new People(context).in(followed.handler().unit(), Role.HANDLER);
        Visitor staff = new Visitor(port).signedInAs(handler);
        assertThat(staff.get("/account/calendar").body()).contains("还没有订阅");
        String first = feed(staff.post("/account/calendar", Map.of()));
        assertThat(staff.get("/account/calendar").body()).doesNotContain("data-feed").contains("已订阅");

        Visitor telephone = new Visitor(port);
        Visitor.Answer answer = telephone.get(first);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).hasValue("text/calendar;charset=UTF-8");
        ICalendar calendar = Biweekly.parse(answer.body()).first();
        assertThat(calendar.getRefreshInterval().getValue().getHours()).isEqualTo(1);
        VEvent limit = calendar.getEvents().getFirst();
        assertThat(limit.getSummary().getValue()).contains("到期").contains(matter.number().shown());
        assertThat(limit.getUrl().getValue()).endsWith("/matters/" + matter.number().digits());
        assertThat(answer.body()).doesNotContain("路灯").doesNotContain("李四").doesNotContain("1390000").doesNotContain("试验员");
        for (String line : answer.body().split("\r\n")) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).as(line).isLessThanOrEqualTo(75);
        }
        assertThat(telephone.get(first, "If-None-Match", answer.header("etag").orElseThrow()).status()).isEqualTo(304);

        // another address: the old one ends at once
        staff.get("/account/calendar");
        String second = feed(staff.post("/account/calendar", Map.of()));
        assertThat(telephone.get(first).status()).isEqualTo(404);
        assertThat(telephone.get(second).status()).isEqualTo(200);
        assertThat(telephone.get("/calendar/feed/" + "A".repeat(43) + ".ics").status()).isEqualTo(404);
        try (var c = SuperuserConnection.open(context); var s = c.createStatement();
                var r = s.executeQuery("select count(*) from exchange.calendar_feed f where f::text like '%" + second.substring(15, 40) + "%'")) {
            r.next();
            assertThat(r.getLong(1)).isZero();
        }
        // it ends with the post
        new People(context).endPost(handler.person(), handler.post());
        assertThat(telephone.get(second).status()).isEqualTo(404);
    }

    @Test
    void areOfAllPostsUnderOneAddressWithTheHearingsOfPetitions() {
        org.heshi.County county = org.heshi.County.make(context);
        org.heshi.matters.Way petition = org.heshi.matters.Way.registered(context, county, "请修路").sorted("petition");
        java.time.Instant at = java.time.Instant.parse("2126-01-01T00:00:00Z");
        org.heshi.County.Member head = county.handler;
        var appointed = new org.heshi.matters.LoggedEntry(1, petition.id(), 90, "hearing", "petition", 1, java.util.Optional.of("petition"), java.util.Optional.of("accepted"), "accepted", "staff",
                java.util.Optional.empty(), java.util.Optional.empty(), at, java.util.Set.of("staff"),
                "{\"data\":{\"at\":\"" + java.time.Instant.now().plus(java.time.Duration.ofDays(3)).truncatedTo(java.time.temporal.ChronoUnit.HOURS) + "\",\"place\":\"会议室\"}}");
        Hearings hearings = context.getBean(Hearings.class);
        hearings.follow(java.util.List.of(appointed, appointed));
        planted("insert into matters.holding (matter, unit, relation, division_code) select id, '" + county.roads.id() + "', 'lead', division_code from matters.matter where id = '" + petition.id() + "'");
        Visitor staff = county.signedIn(new Visitor(port), head);
        staff.get("/account/calendar");
        String all = feed(staff.post("/account/calendar", Map.of("all", "true")));
        String here = feed(staff.post("/account/calendar", Map.of()));
        Visitor telephone = new Visitor(port);
        String number = petition.number().shown();
        assertThat(telephone.get(all).body()).contains("听证 " + number).doesNotContain("会议室").doesNotContain("请修路");
        assertThat(telephone.get(here).body()).contains("听证 " + number);
        // another post, in another unit: its dates come under the same address
        new People(context).anotherPost(new People.Somebody(head.person(), head.post(), county.water.id(), ""), Role.HANDLER);
        org.heshi.matters.Way second = org.heshi.matters.Way.registered(context, county, "水管漏水").sorted();
        planted("insert into matters.holding (matter, unit, relation, division_code) select id, '" + county.water.id() + "', 'lead', division_code from matters.matter where id = '" + second.id() + "'");
        hearings.follow(java.util.List.of(new org.heshi.matters.LoggedEntry(2, second.id(), 90, "hearing", "petition", 1, java.util.Optional.empty(), java.util.Optional.empty(), "accepted", "staff",
                java.util.Optional.empty(), java.util.Optional.empty(), at, java.util.Set.of("staff"), appointed.content())));
        assertThat(telephone.get(all).body()).contains("听证 " + number, "听证 " + second.number().shown());
        assertThat(telephone.get(here).body()).contains("听证 " + number).doesNotContain(second.number().shown());
        // one that was called off is none
        hearings.follow(java.util.List.of(new org.heshi.matters.LoggedEntry(3, petition.id(), 91, "hearing-held", "petition", 1, java.util.Optional.empty(), java.util.Optional.empty(), "accepted", "staff",
                java.util.Optional.empty(), java.util.Optional.empty(), at, java.util.Set.of("staff"), "{\"data\":{\"held\":\"called-off\"}}")));
        assertThat(telephone.get(all).body()).doesNotContain("听证 " + number);
        staff.get("/account/calendar");
        assertThat(staff.post("/account/calendar/end", Map.of("all", "true")).status()).isEqualTo(303);
        assertThat(telephone.get(all).status()).isEqualTo(404);
        assertThat(telephone.get(here).status()).isEqualTo(200);
    }

    @Test
    void showHearingsOfTheUnitBehindManyThatOthersLead() {
        org.heshi.County county = org.heshi.County.make(context);
        java.time.Instant at = java.time.Instant.now().plus(java.time.Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        org.heshi.matters.Way others = org.heshi.matters.Way.registered(context, county, "别处").sorted("petition");
        org.heshi.matters.Way own = org.heshi.matters.Way.registered(context, county, "这里").sorted("petition");
        planted("insert into matters.holding (matter, unit, relation, division_code) select id, '" + county.centre.id() + "', 'lead', division_code from matters.matter where id = '" + own.id()
                + "' on conflict do nothing");
        planted("insert into exchange.hearing (matter, seq, at) values ('" + others.id() + "', 90, '" + at + "'), ('" + own.id() + "', 90, '" + at.plusSeconds(1) + "')");
        DatedHearings one = new DatedHearings(context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class),
                context.getBean(org.springframework.transaction.support.TransactionTemplate.class), context.getBean(org.heshi.matters.Standings.class),
                context.getBean(org.heshi.matters.MatterRows.class), 1);
        assertThat(county.as(county.dispatcher, () -> context.getBean(org.heshi.matters.MatterRows.class).rows(java.util.List.of(others.id(), own.id())))).as("both are seen").hasSize(2);
        assertThat(county.as(county.dispatcher, () -> one.between(at.minusSeconds(60), at.plusSeconds(60)))).extracting(event -> event.title().zh())
                .containsExactly("听证 " + own.number().shown());
    }

    private void planted(String sql) {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute(sql);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void areEndedByTheirOwnerAndBoundedForWhoGuesses() {
        People.Somebody handler = new People(context).with(Role.HANDLER);
        Visitor staff = new Visitor(port).signedInAs(handler);
        staff.get("/account/calendar");
        String mine = feed(staff.post("/account/calendar", Map.of()));
        Visitor telephone = new Visitor(port);
        assertThat(telephone.get(mine).body()).contains("BEGIN:VCALENDAR").doesNotContain("BEGIN:VEVENT");
        staff.get("/account/calendar");
        assertThat(staff.post("/account/calendar/end", Map.of()).status()).isEqualTo(303);
        assertThat(telephone.get(mine).status()).isEqualTo(404);
        int tries = 0;
        while (telephone.get("/calendar/feed/" + "B".repeat(43) + ".ics").status() == 404 && tries < 60) {
            tries++;
        }
        assertThat(tries).isBetween(25, 40);
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open().signedInAs(handler)) {
            visit.go("/account/calendar");
            visit.page().click("form[action='/account/calendar'] .btn-primary");
            visit.check("calendar-feed");
        }
    }

    private static String feed(Visitor.Answer page) {
        Matcher found = FEED.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }
}
