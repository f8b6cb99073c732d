package org.heshi.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.DemoTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.identity.Accounts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The program with the demo on, on a database of its own. */
@DemoTest
class DemoCountyTests {

    @Autowired
    Directory directory;
    @Autowired
    Divisions divisions;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;
    @Autowired
    List<ApplicationRunner> runners;
    @Autowired
    Accounts accounts;
    @LocalServerPort
    int port;

    @Test
    void hasAllTheUnitsOfTheCounty() {
        assertThat(units("centre", 6)).isOne();
        assertThat(units("centre", 9)).isEqualTo(23);
        assertThat(units("town", 9)).isEqualTo(23);
        assertThat(units("village-committee", 12)).isEqualTo(515);
        assertThat(units("grid-team", 12)).isEqualTo(515);
        assertThat(units("mediation-committee", 9)).isEqualTo(23);
        assertThat(units("mediation-committee", 6)).isOne();
        assertThat(units("police-station", 9)).isEqualTo(23);
        assertThat(units("judicial-office", 9)).isEqualTo(23);
        assertThat(units("court", 6)).isOne();
        assertThat(units("department", 6)).isEqualTo(25 + 1);
        assertThat(units("provider", 6)).isPositive();
    }

    @Test
    void holdsEveryPostAndGivesEveryGridAWorker() {
        long posts = staff("select count(*) from directory.post");
        assertThat(posts).isBetween(4_500L, 6_000L);
        assertThat(staff("select count(*) from directory.post p where not exists (select from directory.holding h where h.post = p.id)")).isZero();
        long grids = divisions.children("330681").stream().flatMap(town -> divisions.children(town.code()).stream())
                .mapToLong(village -> divisions.children(village.code()).size()).sum();
        assertThat(grids).isBetween(515L * 3, 515L * 5);
        assertThat(staff("select count(distinct division_code) from directory.post where 'grid-worker' = any (roles)")).isEqualTo(grids);
    }

    @Test
    void sendsEveryFirstLevelToAUnitAndNeighboursToTheirVillage() {
        Division village = divisions.children(divisions.children("330681").getFirst().code()).getFirst();
        assertThat(directory.whoHandles("010101", village.code()).orElseThrow().lead().type()).isEqualTo(UnitType.VILLAGE_COMMITTEE);
        assertThat(directory.whoHandles("030102", village.code()).orElseThrow().lead().name()).contains("综合行政执法局");
        for (int i = 1; i <= 16; i++) {
            assertThat(directory.whoHandles("%02d".formatted(i), "330681")).as("category %02d", i).isPresent();
        }
    }

    @Test
    void sendsAComplaintAboutTheCentreOneLevelUp() {
        Unit centre = directory.countyCentreFor("330681109").orElseThrow();
        assertThat(directory.receivingOrganFor(centre.id()).orElseThrow().division()).isEqualTo("3306");
        Unit town = directory.centreFor("330681109").orElseThrow();
        Unit organ = directory.receivingOrganFor(town.id()).orElseThrow();
        assertThat(organ.division()).isEqualTo("330681");
        assertThat(directory.receivingOrganFor(organ.id()).orElseThrow().division()).isEqualTo("3306");
        assertThat(directory.holders(organ.id(), Role.DISPATCHER, clock.instant())).isNotEmpty();
    }

    @Test
    void hasMattersAtEveryStage() {
        assertThat(staff("select count(*) from matters.matter where recorded_at <= (select created_at from identity.account where name = 'admin')")).isEqualTo(49);
        assertThat(staff("select count(*) from matters.matter where kind = 'petition' and state = 'reviewing'")).isPositive();
        assertThat(staff("select count(*) from matters.matter where kind = 'whistle'")).isGreaterThanOrEqualTo(2);
        assertThat(staff("select count(distinct state) from matters.matter")).isGreaterThanOrEqualTo(7);
        assertThat(new Visitor(port).get("/").body()).contains("演示数据，人物均为虚构");
    }

    @Test
    void addsNothingTheSecondTime() throws Exception {
        long before = staff("select count(*) from directory.person");
        for (ApplicationRunner runner : runners) {
            runner.run(new DefaultApplicationArguments());
        }
        assertThat(staff("select count(*) from directory.person")).isEqualTo(before);
    }

    private Visitor signedIn(String name) {
        Visitor visitor = new Visitor(port);
        visitor.get("/sign-in");
        assertThat(visitor.post("/sign-in", Map.of("name", name, "password", "heshi-demo-2026")).status()).as(name).isEqualTo(303);
        return visitor;
    }

    @Test
    void letsExactlyThePrintedPeopleSignIn() {
        assertThat(accounts.all()).extracting(Accounts.Account::name).containsExactlyInAnyOrder("director", "clerk", "dispatcher", "handler", "head", "verifier",
                "town", "townhandler", "townhead", "transport", "village", "grid", "mediator", "supervisor", "auditor", "admin");
        for (String name : List.of("clerk", "town", "grid", "admin")) {
            signedIn(name);
        }
        assertThat(signedIn("director").get("/figures").body()).as("speaks for the county").contains("href=\"/publishing\"");
        assertThat(signedIn("head").get("/figures").body()).as("leads a bureau").doesNotContain("href=\"/publishing\"");
        Accounts.Account grid = accounts.findByName("grid").orElseThrow();
        HeldPost held = directory.heldPosts(grid.person(), clock.instant()).getFirst();
        assertThat(held.division()).hasSize(15);
        assertThat(held.roles()).contains(Role.GRID_WORKER);
        assertThat(held.unitType()).isEqualTo(UnitType.GRID_TEAM);
    }

    @Test
    void findsAHeldPostByItsIndexAmongThousands() {
        Accounts.Account clerk = accounts.findByName("clerk").orElseThrow();
        UUID post = directory.heldPosts(clerk.person(), clock.instant()).getFirst().post();
        long[] nanos = new long[2_000];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            assertThat(directory.findHeldPost(clerk.person(), post, clock.instant())).isPresent();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(1));
    }

    private long units(String type, int digits) {
        return staff("select count(*) from directory.unit where type = '" + type + "' and length(division_code) = " + digits);
    }

    private long staff(String sql) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(sql).query(Long.class).single()));
    }
}
