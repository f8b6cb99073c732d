package org.heshi.mediation.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters.Answer;
import org.heshi.mediation.Affair;
import org.heshi.mediation.roster.Mediators;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenSittingsAreFixedTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Bookings bookings;
    @Autowired
    Held held;
    @Autowired
    Rooms rooms;
    @Autowired
    Mediators mediators;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    Member one;
    Member two;
    UUID room;

    @BeforeEach
    void aCommitteeWithARoom() {
        county = County.make(context);
        one = county.hire(county.committeeA, "sit-one", Role.MEDIATOR);
        two = county.hire(county.committeeA, "sit-two", Role.MEDIATOR);
        room = Acting.as(new Actor.Machine("test"), () -> rooms.add(county.committeeA.id(), county.villageA, "调解一室", "村委会二楼", 8)).orElseThrow();
    }

    private Affair affair(Member mediator) {
        return new Affair(context, county, mediator).takenUp("neighbours", "application-one", Map.of()).mediating();
    }

    private Answer invite(Affair affair, int from, int until) {
        return affair.answer(county.actor(affair.mediator), "invite", Map.of("at", affair.time(from), "until", affair.time(until), "where", "村委会二楼", "room", room.toString(),
                "open", "closed"));
    }

    private static List<String> codes(Answer answer) {
        return ((Answer.Refused) answer).refusals().stream().map(Refusal::code).toList();
    }

    @Test
    void neitherARoomNorAMediatorIsTakenTwice() {
        Affair first = affair(one);
        assertThat(invite(first, 60, 150)).isInstanceOf(Answer.Done.class);
        Affair second = affair(two);
        assertThat(codes(invite(second, 140, 200))).containsExactly("mediation-calendar-room");
        assertThat(invite(second, 150, 200)).as("right after it").isInstanceOf(Answer.Done.class);
        Affair third = affair(one);
        assertThat(codes(third.answer(county.actor(one), "invite", Map.of("at", third.time(30), "where", "别处", "open", "closed")))).containsExactly("mediation-calendar-mediator");
        assertThat(codes(invite(third, 100, 160))).contains("mediation-calendar-room", "mediation-calendar-mediator");
        assertThat(third.answer(county.actor(one), "invite", Map.of("at", third.time(600), "where", "别处", "open", "closed"))).isInstanceOf(Answer.Done.class);
        // who is named later must be free at the sittings that are fixed
        assertThat(second.answer(county.actor(two), "invite", Map.of("at", second.time(620), "where", "别处", "open", "closed"))).isInstanceOf(Answer.Done.class);
        assertThat(codes(third.answer(county.actor(one), "appoint", Map.of("mediator", one.post().toString(), "second", two.post().toString(), "how", "chosen", "no-interest", "true"))))
                .containsExactly("mediation-calendar-mediator");
    }

    @Test
    void oneThatIsFixedWithoutARoomBeforeAMediatorIsNamedTakesThemUpOnceTheyAre() {
        Affair early = new Affair(context, county, one).takenUp("neighbours", "application-one", Map.of());
        Map<String, Object> elsewhere = Map.of("at", early.time(2 * 1440 + 60), "until", early.time(2 * 1440 + 150), "where", "李家", "open", "closed");
        early.does("invite", elsewhere);
        Visitor desk = county.signedIn(new Visitor(port), one);
        String calendar = "/mediation/calendar?span=day&day=" + elsewhere.get("at").toString().substring(0, 10);
        assertThat(desk.get(calendar).body()).doesNotContain(early.way.number().shown()).as("the menu says where one is").contains("href=\"/mediation/calendar\" aria-current=\"page\"")
                .as("and only there").doesNotContain("href=\"/mediation\" aria-current");
        Affair busy = affair(two);
        assertThat(invite(busy, 2 * 1440 + 100, 2 * 1440 + 200)).isInstanceOf(Answer.Done.class);
        Map<String, Object> named = Map.of("mediator", one.post().toString(), "how", "appointed", "no-interest", "true");
        assertThat(codes(early.answer(county.actor(one), "appoint", Map.of("mediator", two.post().toString(), "how", "appointed", "no-interest", "true"))))
                .containsExactly("mediation-calendar-mediator");
        early.does("appoint", named);
        assertThat(desk.get(calendar).body()).contains(early.way.number().shown());
        assertThat(desk.get("/mediation").body()).contains("/mediation/sittings/" + early.way.number().digits() + "/");
        Affair later = affair(one);
        assertThat(codes(later.answer(county.actor(one), "invite", Map.of("at", later.time(2 * 1440 + 120), "where", "别处", "open", "closed")))).containsExactly("mediation-calendar-mediator");
        // who follows a mediator who withdrew is taken up by what stands, and by nothing of a mediation that ended
        early.does("step-back", Map.of("ground", "other"));
        assertThat(later.answer(county.actor(one), "invite", Map.of("at", later.time(2 * 1440 + 120), "where", "别处", "open", "closed"))).as("free again").isInstanceOf(Answer.Done.class);
        assertThat(codes(early.answer(county.actor(one), "appoint", Map.of("mediator", two.post().toString(), "how", "appointed", "no-interest", "true"))))
                .containsExactly("mediation-calendar-mediator");
        early.does("refuse", Map.of("told", "true"));
        assertThat(early.dispute().sittings()).isEmpty();
    }

    @Test
    void theDatabaseItselfRefusesATimeThatIsTaken() {
        Affair first = affair(one);
        invite(first, 60, 150);
        Affair second = affair(two);
        assertThatThrownBy(() -> Acting.run(new Actor.Machine("mediation"), () -> transactions.executeWithoutResult(_ -> bookings.book(second.way.id(), 99, List.of(room),
                List.of(), Instant.now(java.time.Clock.systemUTC()).plusSeconds(3700), Instant.now(java.time.Clock.systemUTC()).plusSeconds(7000), false))))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aMediationThatEndsFreesWhatItHadTaken() {
        Affair first = affair(one);
        invite(first, 60, 150);
        assertThat(county.as(one, () -> held.open(one.post(), "", 9)).rows()).extracting(Held.Case::matter).containsExactly(first.way.id());
        assertThat(county.as(county.dispatcher, () -> mediators.loads(List.of(one.post(), two.post())))).containsEntry(one.post(), 1).containsEntry(two.post(), 0);
        first.stopped();
        assertThat(county.as(one, () -> held.open(one.post(), "", 9)).rows()).isEmpty();
        assertThat(county.as(one, () -> held.past(one.post(), "", 9)).rows()).hasSize(1);
        assertThat(county.as(county.dispatcher, () -> mediators.loads(List.of(one.post())))).containsEntry(one.post(), 0);
        assertThat(invite(affair(two), 60, 150)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void aMediatorSeesTheirDaysAndTheRoomAndAPartyGetsAFile() {
        Affair first = affair(one);
        Answer.Done done = (Answer.Done) invite(first, 60, 150);
        Visitor desk = county.signedIn(new Visitor(port), one);
        String number = first.way.number().digits();
        assertThat(desk.get("/mediation").body()).contains("院墙纠纷", "调解一室", "调解中");
        assertThat(desk.get("/mediation/calendar?span=day&day=" + first.today()).body() + desk.get("/mediation/calendar?span=day&day=" + first.today().plusDays(1)).body())
                .contains(first.way.number().shown(), "调解一室");
        County elsewhere = County.make(context);
        Visitor foreign = elsewhere.signedIn(new Visitor(port), elsewhere.hire(elsewhere.committeeA, "sit-foreign", Role.MEDIATOR));
        String taken = foreign.get("/mediation/calendar?room=" + room + "&day=" + first.today()).body() + foreign.get("/mediation/calendar?room=" + room + "&day=" + first.today().plusDays(7)).body();
        assertThat(taken).contains("已占用").doesNotContain(first.way.number().shown(), "院墙纠纷");
        String file = "/mediation/sittings/" + number + "/" + done.version() + "/sitting.ics";
        assertThat(foreign.get(file).status()).isEqualTo(404);
        for (Member other : List.of(county.dispatcher, county.clerk)) {
            assertThat(county.signedIn(new Visitor(port), other).get(file).status()).as("of %s, who may read of it", other.account()).isEqualTo(200);
        }
        Visitor.Answer answer = desk.get(file);
        assertThat(answer.header("content-type").orElseThrow()).startsWith("text/calendar");
        assertThat(answer.body()).doesNotContain("王小明", "李对面", "院墙");
        ICalendar calendar = Biweekly.parse(answer.body()).first();
        VEvent event = calendar.getEvents().getFirst();
        assertThat(event.getUid().getValue()).isEqualTo("sitting-" + number + "-" + done.version() + "@heshi");
        assertThat(event.getLocation().getValue()).isEqualTo("村委会二楼");
        assertThat(event.getDateEnd().getValue().getTime() - event.getDateStart().getValue().getTime()).isEqualTo(90 * 60_000);
        assertThat(calendar.validate(biweekly.ICalVersion.V2_0).isEmpty()).isTrue();
        assertThat(new Visitor(port).get("/follow/" + number + "/sittings/" + done.version() + "/sitting.ics").status()).isEqualTo(404);
    }

    @Test
    void oneThatIsCancelledOrMovedFreesItsRoomAndSaysSoToEverybodyWhoWasInvited() {
        Affair first = affair(one);
        int seq = ((Answer.Done) invite(first, 60, 150)).version();
        String which = Integer.toString(seq);
        String number = first.way.number().digits();
        Visitor desk = county.signedIn(new Visitor(port), one);
        first.does("move-sitting", Map.of("which", which, "at", first.time(600), "where", "镇政府", "room", room.toString()));
        assertThat(invite(affair(two), 60, 150)).as("where it was before").isInstanceOf(Answer.Done.class);
        assertThat(codes(invite(affair(two), 610, 640))).contains("mediation-calendar-room");
        String moved = desk.get("/mediation/sittings/" + number + "/" + seq + "/sitting.ics").body();
        assertThat(moved).contains("METHOD:PUBLISH", "STATUS:CONFIRMED", "SEQUENCE:1", "LOCATION:镇政府", "UID:sitting-" + number + "-" + seq + "@heshi");
        assertThat(codes(first.answer(county.actor(one), "cancel-sitting", Map.of("which", which)))).containsExactly("required");
        first.does("cancel-sitting", Map.of("which", which, "reason", "李家有事"));
        assertThat(desk.get("/mediation/sittings/" + number + "/" + seq + "/sitting.ics").body()).contains("METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2",
                "UID:sitting-" + number + "-" + seq + "@heshi");
        assertThat(invite(affair(two), 610, 640)).isInstanceOf(Answer.Done.class);
        assertThat(first.dispute().sittings()).isEmpty();
        Sittings notes = context.getBean(Sittings.class);
        for (int party : List.of(1, 2)) {
            assertThat(Acting.as(first.resident(party), () -> notes.onThePage(first.resident(party), first.way.id(), "dispute", "mediating"))).singleElement()
                    .extracting(note -> note.title()).isEqualTo("mediation.calendar.follow.cancelled.title");
        }
        assertThat(codes(first.answer(county.actor(one), "cancel-sitting", Map.of("which", which, "reason", "再取消")))).containsExactly("not-an-option");
        // what has begun was held
        int held = ((Answer.Done) invite(first, 700, 760)).version();
        org.heshi.matters.Readings readings = context.getBean(org.heshi.matters.Readings.class);
        assertThat(Acting.as(county.actor(one), () -> new SittingPicks(readings, java.time.Clock.systemUTC()).offered("sittings", first.way.id())))
                .extracting(pick -> pick.value()).containsExactly(Integer.toString(held));
        assertThat(Acting.as(county.actor(one), () -> new SittingPicks(readings, java.time.Clock.offset(java.time.Clock.systemUTC(), java.time.Duration.ofMinutes(701)))
                .offered("sittings", first.way.id()))).isEmpty();
    }

    @Test
    void aTalkThatIsCancelledIsNewsToThatSideOnly() {
        Affair affair = affair(one);
        int seq = ((Answer.Done) affair.answer(county.actor(one), "invite-apart", Map.of("with", List.of("2"), "at", affair.time(60), "where", "李家"))).version();
        assertThat(codes(affair.answer(county.actor(one), "cancel-sitting", Map.of("which", Integer.toString(seq), "reason", "不谈了")))).contains("only-after");
        affair.does("cancel-talk", Map.of("which", Integer.toString(seq), "reason", "李家有事"));
        org.heshi.matters.Readings readings = context.getBean(org.heshi.matters.Readings.class);
        assertThat(Acting.as(affair.resident(2), () -> readings.of(affair.way.id())).getLast().word("reason")).isEqualTo("李家有事");
        assertThat(Acting.as(affair.resident(1), () -> readings.of(affair.way.id()))).noneMatch(entry -> entry.action().equals("cancel-talk"));
    }

    @Test
    void aTalkWithOneSideIsKnownToThatSideOnly() {
        Affair affair = affair(one);
        Answer.Done done = (Answer.Done) affair.answer(county.actor(one), "invite-apart", Map.of("with", List.of("2"), "at", affair.time(60), "where", "李家"));
        Sittings notes = context.getBean(Sittings.class);
        assertThat(Acting.as(affair.resident(2), () -> notes.onThePage(affair.resident(2), affair.way.id(), "dispute", "mediating"))).hasSize(1);
        assertThat(Acting.as(affair.resident(1), () -> notes.onThePage(affair.resident(1), affair.way.id(), "dispute", "mediating"))).isEmpty();
        for (Actor other : List.of(affair.resident(1), county.actor(county.supervisor), county.actor(county.dispatcher))) {
            assertThat(Acting.<Long>as(other, () -> transactions.execute(_ -> jdbc.sql("select count(*) from mediation.booking where matter = ?").param(affair.way.id())
                    .query(Long.class).single()))).isZero();
        }
        assertThat(done.version()).isPositive();
    }

    @Test
    void writesLinesThatAnyCalendarReads() {
        String about = "改期请联系调解组织；自愿、免费，随时可以停止。".repeat(8);
        byte[] bytes = new SittingFile("0012612345678", 7, Instant.parse("2026-11-22T01:00:00Z"), Instant.parse("2026-11-23T01:30:00Z"), Instant.parse("2026-11-23T03:00:00Z"),
                "调解会议, 第一次; 两方", "村委会\\二楼", about, 0, false).bytes();
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text).startsWith("BEGIN:VCALENDAR\r\n").endsWith("END:VCALENDAR\r\n").contains("VERSION:2.0", "METHOD:PUBLISH", "DTSTART:20261123T013000Z", "DTEND:20261123T030000Z",
                "DTSTAMP:20261122T010000Z", "CLASS:PRIVATE", "调解会议\\, 第一次\\; 两方", "村委会\\\\二楼");
        for (String line : text.split("\r\n")) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).as("octets of " + line).isLessThanOrEqualTo(75);
        }
        assertThat(Biweekly.parse(text).first().getEvents().getFirst().getDescription().getValue()).isEqualTo(about);
    }
}
