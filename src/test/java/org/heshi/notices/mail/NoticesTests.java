package org.heshi.notices.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.kernel.UnreadNotices;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.MatterSeal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.transaction.support.TransactionTemplate;

/** From an entry through the log to the page and to a real mail server. */
@HeshiTest
class NoticesTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    UnreadNotices unread;
    @Autowired
    MailSettings settings;
    @Autowired
    MatterSeal seal;
    @Autowired
    JavaMailSender server;
    @Autowired
    MessageSource words;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    @Qualifier("follower")
    JdbcClient follower;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;
    @Value("${heshi.base-url:http://127.0.0.1:8080}")
    String baseUrl;

    GreenMail mail;
    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
        mail = new GreenMail(new ServerSetup(settings.port(), settings.host(), ServerSetup.PROTOCOL_SMTP));
    }

    @AfterEach
    void closeTheMail() {
        mail.stop();
    }

    @Test
    void tellsTheDeskThenTheLeadThenTheVerifierAndNobodyElse() {
        Answer.Done matter = report(Map.of());
        until(() -> count(county.dispatcher) == 1 && count(county.clerk) == 1);
        act(county.dispatcher, matter, "confirm", Map.of(), 1);
        act(county.dispatcher, matter, "sort", Map.of("kind", "service", "category", "0703", "level", "blue"), 2);
        act(county.dispatcher, matter, "assign", Map.of("lead", county.roads.id().toString(), "helpers", List.of(county.water.id().toString()),
                "reason", "职责所在"), 3);
        until(() -> count(county.handler) == 1 && count(county.roadsHead) == 1 && count(county.waterHandler) == 1);
        act(county.handler, matter, "accept", Map.of(), 4);
        act(county.handler, matter, "handle", Map.of("done", "换了灯泡"), 5);
        act(county.handler, matter, "answer", Map.of("answer", "已修好"), 6);
        until(() -> count(county.verifier) == 1);
        assertThat(count(county.former)).isZero();
        assertThat(count(county.townClerkB)).isZero();
        assertThat(count(county.organDispatcher)).isZero();
        assertThat(count(county.handler)).as("is not told of what they did").isEqualTo(1);
    }

    @Test
    void neverTellsTheUnitThatAComplaintIsAbout() {
        Answer.Done complaint = report(Map.of("about-office", "true", "accused", county.roads.id().toString()));
        until(() -> count(county.organDispatcher) == 1);
        Answer.Done after = report(Map.of());
        until(() -> count(county.dispatcher) == 1);
        assertThat(rows("select count(*) from notices.notice where matter = ? and post = any (?)", complaint.matter(),
                new UUID[] {county.handler.post(), county.secondHandler.post(), county.roadsHead.post(), county.dispatcher.post()})).isZero();
        assertThat(after.matter()).isNotEqualTo(complaint.matter());
    }

    @Test
    void showsNoticesToTheirPostAloneAndMarksThemRead() {
        People people = new People(context);
        People.Somebody dispatcher = people.in(county.centre.id(), Role.DISPATCHER);
        Answer.Done matter = report(Map.of("title", "<i>路灯</i>不亮"));
        until(() -> rows("select count(*) from notices.notice where post = ?", dispatcher.post()) == 1);
        Visitor visitor = new Visitor(port).signedInAs(dispatcher);
        String page = visitor.get("/notices").body();
        assertThat(page).contains(matter.number().shown(), "&lt;i&gt;路灯&lt;/i&gt;不亮", "notice-unread", "top-count").doesNotContain("<i>路灯");
        String form = page.replaceAll("(?s).*action=\"(/notices/[0-9a-f-]{36}/read)\".*", "$1");
        Visitor neighbour = new Visitor(port).signedInAs(people.in(County.make(context).centre.id(), Role.DISPATCHER));
        assertThat(neighbour.get("/notices").body()).doesNotContain(matter.number().shown());
        neighbour.post(form, Map.of());
        assertThat(visitor.get("/notices").body()).contains("notice-unread");
        assertThat(visitor.post(form, Map.of()).status()).isEqualTo(303);
        assertThat(visitor.get("/notices").body()).contains(matter.number().shown()).doesNotContain("notice-unread");
        assertThat(new Visitor(port).get("/notices").status()).isNotEqualTo(200);
    }

    @Test
    void sendsTheReporterOneMailWithNumberAndLinkAndNothingElse() throws Exception {
        mail.start();
        String address = "resident-" + UUID.randomUUID() + "@example.org";
        Answer.Done matter = report(Map.of("title", "隐私标题路灯", "description", "隐私内容", "email", address));
        until(() -> to(address).size() == 1);
        MimeMessage message = to(address).getFirst();
        String subject = message.getSubject();
        String text = message.getContent().toString();
        assertThat(subject).contains(matter.number().shown());
        assertThat(text).contains(matter.number().shown(), baseUrl + "/follow/" + matter.number().digits(), "There is news", "有新进展");
        assertThat(subject + text).doesNotContain("隐私标题", "隐私内容", "王小明", "13800000000").doesNotContain(matter.code().orElseThrow());
        // the mail is out a moment before its row says so
        until(() -> rows("select count(*) from notices.mail where matter = ? and sent_at is not null and address is null", matter.matter()) == 1);
    }

    @Test
    void sendsExactlyOneMailWhenTheServerWasDownAndComesBack() {
        String address = "later-" + UUID.randomUUID() + "@example.org";
        Answer.Done matter = report(Map.of("email", address));
        until(() -> rows("select coalesce(max(attempts), 0) from notices.mail where matter = ?", matter.matter()) >= 1);
        assertThat(rows("select count(*) from notices.mail where matter = ? and address is not null and strpos(address, '@') = 0", matter.matter()))
                .as("waits under seal").isEqualTo(1);
        mail.start();
        Outbox later = new Outbox(settings, context.getBean(MailWay.class), server, words, baseUrl, jdbc, transactions, () -> clock.instant().plus(2, ChronoUnit.HOURS), seal);
        until(() -> {
            later.sendDue();
            return to(address).size() == 1;
        });
        later.sendDue();
        assertThat(to(address)).hasSize(1);
        assertThat(rows("select count(*) from notices.mail where matter = ? and sent_at is not null and address is null", matter.matter())).isEqualTo(1);
    }

    @Test
    void sendsStaffWhoGaveAnAddressToo() throws Exception {
        mail.start();
        String address = "clerk-" + UUID.randomUUID() + "@example.org";
        UUID person = Uuid7.at(clock.instant());
        UUID post = Uuid7.at(clock.instant());
        Acting.run(new Actor.Machine("test"), () -> context.getBean(Roster.class).enter(new Roster.Entries(Instant.parse("2026-01-01T00:00:00Z"), List.of(),
                List.of(new Person(person, "试验邮", Optional.empty(), Optional.of(address))),
                List.of(new Roster.NewPost(post, county.centre.id(), "邮件岗" + post, Set.of(Role.DISPATCHER), Optional.empty())),
                List.of(new Roster.NewHolding(post, person)), List.of(), List.of())));
        Answer.Done matter = report(Map.of("title", "隐私标题"));
        until(() -> to(address).size() == 1);
        String text = to(address).getFirst().getContent().toString();
        assertThat(text).contains("/matters/" + matter.number().digits()).doesNotContain("隐私标题");
    }

    @Test
    void givesAMailUpAfterItsLastPause() {
        int attempts = 1;
        Duration all = Duration.ZERO;
        for (Optional<Duration> pause = Backoff.after(attempts); pause.isPresent(); pause = Backoff.after(++attempts)) {
            all = all.plus(pause.get());
        }
        assertThat(attempts).isEqualTo(11);
        assertThat(all).isBetween(Duration.ofDays(2), Duration.ofDays(4));
    }

    @Test
    void keepsTheOutboxFromEverybodyButTheProgramsOwnPart() {
        String address = "hidden-" + UUID.randomUUID() + "@example.org";
        Answer.Done matter = report(Map.of("email", address));
        until(() -> rows("select count(*) from notices.mail where matter = ?", matter.matter()) == 1);
        assertThat(county.<Integer>as(county.dispatcher, () -> transactions.execute(_ -> jdbc.sql("select count(*)::int from notices.mail")
                .query(Integer.class).single()))).isZero();
        assertThat(jdbc.sql("select count(*)::int from notices.notice").query(Integer.class).single()).isZero();
    }

    private Answer.Done report(Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("title", "路灯不亮", "description", "村口的灯坏了", "place", county.code, "name", "王小明",
                "phone", "13800000000"));
        input.putAll(more);
        return (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, UUID.randomUUID().toString())));
    }

    private void act(County.Member who, Answer.Done matter, String action, Map<String, Object> input, int version) {
        assertThat(county.as(who, () -> matters.act(Act.on(matter.matter(), action, input, version, UUID.randomUUID().toString()))))
                .as(action).isInstanceOf(Answer.Done.class);
    }

    private int count(County.Member member) {
        return (int) rows("select count(*) from notices.notice where post = ?", member.post());
    }

    /** Looks as the follower, who sees every row. */
    private long rows(String sql, Object... parameters) {
        return follower.sql(sql).params(Arrays.asList(parameters)).query(Long.class).single();
    }

    private List<MimeMessage> to(String address) {
        return Arrays.stream(mail.getReceivedMessages()).filter(message -> {
            try {
                return message.getAllRecipients()[0].toString().equals(address);
            } catch (jakarta.mail.MessagingException e) {
                throw new IllegalStateException(e);
            }
        }).toList();
    }

    private static void until(BooleanSupplier condition) {
        Instant end = InstantSource.system().instant().plus(60, ChronoUnit.SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(InstantSource.system().instant()).as("in time").isBefore(end);
            LockSupport.parkNanos(100_000_000);
        }
    }
}
