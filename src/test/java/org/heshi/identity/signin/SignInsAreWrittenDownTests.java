package org.heshi.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.identity.account.AccountEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class SignInsAreWrittenDownTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    AccountEvents events;
    @Value("${heshi.identity.events-for}")
    Duration term;

    private People.Somebody clerk;

    @BeforeEach
    void somebody() {
        clerk = new People(context).in(UnitType.CENTRE, "330681", Role.WINDOW_CLERK);
    }

    private static Visitor.Answer guess(Visitor visitor, String name) {
        visitor.get("/sign-in");
        return visitor.post("/sign-in", Map.of("name", name, "password", "not this one"));
    }

    @Test
    void forTheirOwner() {
        guess(new Visitor(port), clerk.name());
        guess(new Visitor(port), clerk.name());
        Visitor visitor = new Visitor(port).signedInAs(clerk);
        visitor.get("/account");
        visitor.post("/sign-out", Map.of());
        String page = new Visitor(port).signedInAs(clerk).get("/account").body();
        assertThat(page).contains("有 2 次登录或确认被拒绝", "退出登录").contains(">登录<");
        assertThat(events.last(clerk.person(), 10)).extracting(AccountEvents.Event::what).containsExactly("signed-in", "signed-out", "signed-in");
    }

    @Test
    void withOneRowAMinuteForWhateverIsRefusedAndNoNameOfNobody() throws Exception {
        String nobody = "nobody-" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 4; i++) {
            guess(new Visitor(port), clerk.name());
            guess(new Visitor(port), nobody);
        }
        assertThat(count("select coalesce(sum(times), 0) from identity.account_event where what = 'sign-in-refused' and person = '" + clerk.person() + "'")).isEqualTo(4);
        assertThat(count("select count(*) from identity.account_event where what = 'sign-in-refused' and person = '" + clerk.person() + "'")).isLessThanOrEqualTo(2);
        assertThat(count("select count(*) from identity.account_event where person is null and what = 'sign-in-refused'")).isPositive();
        assertThat(count("select count(*) from identity.account_event e where e::text like '%" + nobody + "%'")).isZero();
    }

    /** Many names that nobody has, in one hour of yesterday: how many and when is seen, what was typed is not. */
    @Test
    void forAuditorsAsABurstOfNamesThatNobodyHas() throws Exception {
        execute("insert into identity.account_event (id, at, what, minute, times) select gen_random_uuid(), m, 'sign-in-refused', m, n from (values "
                + "(date_trunc('hour', now()) - interval '26 hours' + interval '7 minutes', 70013), (date_trunc('hour', now()) - interval '26 hours' + interval '9 minutes', 4)) "
                + "as burst (m, n) on conflict (person, what, minute) where minute is not null do update set times = account_event.times + excluded.times");
        guess(new Visitor(port), "nobody-" + UUID.randomUUID().toString().substring(0, 8));
        Instant now = Instant.now();
        AccountEvents.Hour burst = events.busiestHours(null, now.minus(Duration.ofDays(7)), 12).stream().max(Comparator.comparing(AccountEvents.Hour::times)).orElseThrow();
        assertThat(burst.from()).isEqualTo(now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(26)));
        assertThat(burst.times()).isGreaterThanOrEqualTo(70_017);
        assertThat(burst.inMinute()).isBetween(70_013L, burst.times() - 4);
        assertThat(events.refusals(null, now.minus(Duration.ofDays(7))).times()).isGreaterThan(70_017);
        assertThat(events.busiestHours(clerk.person(), now.minus(Duration.ofDays(7)), 12)).isEmpty();

        People.Somebody auditor = new People(context).in(UnitType.CENTRE, "330681", Role.AUDITOR);
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open().signedInAs(auditor)) {
            visit.go("/audit/accounts");
            assertThat(visit.page().textContent("#nobody")).contains("%,d".formatted(burst.times()), "%,d".formatted(burst.inMinute()));
            visit.check("audited-nobody");
        }
    }

    @Test
    void forAuditorsOneAccountAtATimeAndItsOwnerSeesThat() {
        People people = new People(context);
        new Visitor(port).signedInAs(clerk);
        Visitor auditor = new Visitor(port).signedInAs(people.in(UnitType.CENTRE, "330681", Role.AUDITOR));
        auditor.get("/audit/accounts");
        Visitor.Answer answer = auditor.post("/audit/accounts", Map.of("name", clerk.name()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(clerk.name() + " 的记录", ">登录<");
        assertThat(new Visitor(port).signedInAs(clerk).get("/account").body()).contains("审计人员查看了这份记录");

        assertThat(auditor.post("/audit/accounts", Map.of("name", "nobody-at-all")).status()).isEqualTo(422);
        Visitor elsewhere = new Visitor(port).signedInAs(people.in(UnitType.CENTRE, "330683", Role.AUDITOR));
        elsewhere.get("/audit/accounts");
        assertThat(elsewhere.post("/audit/accounts", Map.of("name", clerk.name())).status()).as("on another ground").isEqualTo(422);
        assertThat(new Visitor(port).signedInAs(clerk).get("/audit/accounts").status()).isEqualTo(403);
        People.Somebody reader = people.in(UnitType.CENTRE, "330681", Role.AUDITOR);
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open().signedInAs(reader)) {
            visit.go("/audit/accounts");
            visit.page().fill("#name", clerk.name());
            visit.page().click("main form .btn-primary");
            visit.check("audited-account");
        }
    }

    @Test
    void untilTheirTermIsOver() throws Exception {
        new Visitor(port).signedInAs(clerk);
        execute("update identity.account_event set at = now() - interval '" + (term.toDays() - 1) + " days' where person = '" + clerk.person() + "'");
        events.forget();
        assertThat(events.last(clerk.person(), 10)).hasSize(1);
        execute("update identity.account_event set at = now() - interval '" + (term.toDays() + 1) + " days' where person = '" + clerk.person() + "'");
        events.forget();
        assertThat(events.last(clerk.person(), 10)).isEmpty();
    }

    @Test
    void forSixMonthsAtLeast() {
        assertThat(term).isGreaterThanOrEqualTo(Duration.ofDays(184));
        var factory = context.getAutowireCapableBeanFactory();
        assertThatThrownBy(() -> {
            var constructor = AccountEvents.class.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            constructor.newInstance(null, null, factory.getBean(InstantSource.class), Duration.ofDays(90));
        }).hasRootCauseMessage("heshi.identity.events-for must be 184d or more: logs of signing in are kept for six months by law.");
    }

    private long count(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute(sql);
        }
    }
}
