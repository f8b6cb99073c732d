package org.heshi.calendar.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.boot.database.Server;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.calendar.register.KeptCalendar;
import org.heshi.calendar.register.Notices;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.kernel.CivilTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An administrator brings the notice of the year after this one; others try. */
@HeshiTest
class WhenTheNextNoticeComesTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    KeptCalendar calendar;
    @Autowired
    Notices notices;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;
    @Autowired
    MessageSource messages;
    @Autowired
    Server server;
    @LocalServerPort
    int port;

    Visitor administrator;
    /** No notice of it is shipped, and no other test counts in it. */
    int year;
    LocalDate newYear;

    @BeforeEach
    void anAdministratorSignsIn() {
        administrator = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR));
        year = CivilTime.dateOf(clock.instant()).getYear() + 1;
        newYear = LocalDate.of(year, 1, 1);
        administrator.get("/admin/calendar/import");
    }

    /** Editions are for good, but other tests count days in the same database. */
    @AfterEach
    void theDatabaseForgets() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            s.execute("truncate calendar.day, calendar.notice, calendar.draft");
        }
        calendar.fresh();
    }

    private Map<String, String> form(String days) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("year", Integer.toString(year));
        form.put("source", "试验通知<b>");
        form.put("days", days);
        return form;
    }

    private LocalDate monday() {
        LocalDate day = LocalDate.of(year, 3, 1);
        while (day.getDayOfWeek().getValue() != 1) {
            day = day.plusDays(1);
        }
        return day;
    }

    /** A holiday on a Monday of March, and the Saturday before worked on. */
    private String days() {
        return newYear + ",holiday,元旦\n" + monday().minusDays(2) + ",workday,试验节\n" + monday() + ",holiday,试验节";
    }

    @Test
    void showsWhatWouldChangeAndTakesItInWhenConfirmed() {
        Limit limit = Limit.parse("1 WORKDAY");
        Instant friday = CivilTime.startOf(monday().minusDays(3));
        long edition = calendar.edition();
        assertThat(calendar.due(limit, friday, ServiceHours.ALWAYS).provisional()).isTrue();
        assertThat(administrator.get("/admin/calendar?year=" + year).body()).contains("暂定").doesNotContain("试验节");

        Visitor.Answer checked = administrator.post("/admin/calendar/import", form(days()));
        assertThat(checked.status()).isEqualTo(303);
        Visitor.Answer preview = administrator.get(checked.location());
        assertThat(preview.body()).contains("试验节", "试验通知&lt;b", "改为工作日", "改为休息日", "5月1日").doesNotContain("<b>");
        assertThat(calendar.edition()).as("nothing holds yet").isEqualTo(edition);

        Visitor.Answer done = administrator.post(checked.location() + "/confirm", Map.of());
        assertThat(done.status()).isEqualTo(303);
        assertThat(administrator.get(done.location()).body()).contains("试验节", "试验通知&lt;b").doesNotContain("暂定");
        assertThat(calendar.edition()).isEqualTo(edition + 1);
        assertThat(calendar.provisional(year)).isFalse();
        assertThat(calendar.isWorkday(monday())).isFalse();
        assertThat(calendar.due(limit, friday, ServiceHours.ALWAYS).at()).isEqualTo(CivilTime.startOf(monday().minusDays(1)));
        assertThat(administrator.post(checked.location() + "/confirm", Map.of()).status()).as("a second click").isEqualTo(404);

        Visitor.Answer again = administrator.post("/admin/calendar/import", form(days()));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("days-errors", "不必再次导入");
        String corrected = administrator.post("/admin/calendar/import", form(days().replace("元旦", "新年"))).location();
        assertThat(administrator.get(corrected).body()).contains("已有放假通知");
        administrator.post(corrected + "/confirm", Map.of());
        assertThat(calendar.edition()).isEqualTo(edition + 2);
        assertThat(jdbc.sql("select count(*) from calendar.notice where year = ?").param(year).query(Integer.class).single()).as("nothing is lost").isEqualTo(2);
    }

    @Test
    void keepsWhatWasTypedWhenItIsRefused() {
        Visitor.Answer answer = administrator.post("/admin/calendar/import", form(year + "-02-30,holiday,<i>节"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("days-errors", "没有“" + year + "-02-30”这一天", "&lt;i", "试验通知&lt;b").doesNotContain("<i>节");
        assertThat(administrator.post("/admin/calendar/import", Map.of()).body()).contains("year-errors", "source-errors", "days-errors");
    }

    @Test
    void takesAFile() {
        String boundary = "----part";
        StringBuilder body = new StringBuilder();
        Map.of("year", Integer.toString(year), "source", "试验通知", "days", "", "_csrf", administrator.token()).forEach((name, value) ->
                body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n").append(value).append("\r\n"));
        body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n").append(days()).append("\r\n--")
                .append(boundary).append("--\r\n");
        Visitor.Answer answer = administrator.postBody("/admin/calendar/import", body.toString(), "multipart/form-data; boundary=" + boundary);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(administrator.get(answer.location()).body()).contains("试验节");
        Visitor.Answer dropped = administrator.post(answer.location() + "/discard", Map.of());
        assertThat(dropped.status()).isEqualTo(303);
        assertThat(administrator.get(answer.location()).status()).isEqualTo(404);
        assertThat(calendar.provisional(year)).isTrue();
    }

    @Test
    void opensToAdministratorsOnly() {
        String preview = administrator.post("/admin/calendar/import", form(days())).location();
        Visitor clerk = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.WINDOW_CLERK, Role.SUPERVISOR));
        Visitor other = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR));
        for (String path : List.of("/admin/calendar", "/admin/calendar/import", preview)) {
            assertThat(new Visitor(port).get(path).location()).as("a stranger at " + path).startsWith("/sign-in");
            assertThat(clerk.get(path).status()).as("a clerk at " + path).isEqualTo(403);
        }
        clerk.get("/queue");
        assertThat(clerk.post("/admin/calendar/import", form(days())).status()).isEqualTo(403);
        assertThat(clerk.post(preview + "/confirm", Map.of()).status()).isEqualTo(403);
        assertThat(other.get(preview).status()).as("another's draft").isEqualTo(404);
        assertThat(other.post(preview + "/confirm", Map.of()).status()).isEqualTo(404);
        assertThat(calendar.provisional(year)).isTrue();
    }

    @Test
    void isWrittenByAdministratorsOnlyAndNeverChanged() {
        Notice notice = new Notice();
        assertThatThrownBy(() -> notice.insert(new Actor.Passerby())).rootCause().hasMessageContaining("row-level security");
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> notice.insertInside()));
        for (String change : List.of("update calendar.notice set year = 2005", "delete from calendar.notice", "update calendar.day set name = 'x'",
                "delete from calendar.day", "select person from calendar.notice")) {
            assertThatThrownBy(() -> Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> {
                if (change.startsWith("select")) {
                    jdbc.sql(change).query().listOfRows();
                } else {
                    jdbc.sql(change).update();
                }
            }))).as(change).rootCause().hasMessageContaining("permission denied");
        }
    }

    private final class Notice {

        void insert(Actor actor) {
            Acting.run(actor, () -> transactions.executeWithoutResult(_ -> insertInside()));
        }

        void insertInside() {
            jdbc.sql("insert into calendar.notice (edition, year, source, at) values (1000, 2010, 'x', now())").update();
            jdbc.sql("insert into calendar.day (edition, year, day, kind, name) values (1000, 2010, '2010-01-01', 'holiday', 'x')").update();
        }
    }

    @Test
    void isSeenByAnotherProgramOnTheSameDatabase() {
        KeptCalendar elsewhere = context.getAutowireCapableBeanFactory().createBean(KeptCalendar.class);
        long before = elsewhere.edition();
        notices.takeAsProgram(new org.heshi.calendar.days.Notice(year, "试验", java.util.Optional.empty(),
                List.of(new org.heshi.calendar.days.NoticeDay(monday(), org.heshi.calendar.days.NoticeDay.Kind.HOLIDAY, "试验节"))));
        assertThat(elsewhere.isWorkday(monday())).as("for a few seconds it goes by what it has").isTrue();
        assertThat(elsewhere.fresh().isWorkday(monday())).isFalse();
        assertThat(elsewhere.edition()).isEqualTo(before + 1);
    }

    @Test
    void costsATransactionNoStatement() {
        calendar.fresh();
        transactions.executeWithoutResult(tx -> {
            assertThatThrownBy(() -> jdbc.sql("select 1 / 0").query().singleRow());
            // any statement would be refused now
            assertThatThrownBy(() -> calendar.fresh());
            assertThat(calendar.due(Limit.parse("5 WORKDAY"), clock.instant(), ServiceHours.ALWAYS)).isNotNull();
            tx.setRollbackOnly();
        });
    }

    @Test
    void comesOverTheCommandLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("notice.csv"), days());
        assertThat(command(file, "")).startsWith("1").contains("Give the year of the notice").contains("Nothing was taken in.");
        assertThat(command(file, Integer.toString(year))).isEqualTo("0The notice of " + year + " was taken in: 3 days.\n");
        assertThat(command(file, Integer.toString(year))).startsWith("0Nothing new");
        assertThat(calendar.provisional(year)).isFalse();
    }

    private String command(Path file, String ofYear) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = new ImportCalendar(notices, clock, messages).of(file, ofYear, "试验通知").run(stream, stream);
        return code + said.toString(StandardCharsets.UTF_8);
    }
}
