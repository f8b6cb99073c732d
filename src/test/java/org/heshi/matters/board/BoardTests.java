package org.heshi.matters.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class BoardTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Tally tally;
    @Autowired
    TallyFollower follower;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    @Qualifier("follower")
    TransactionTemplate following;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Tally.Figures figures(String division) {
        return county.as(county.supervisor, () -> tally.of(division));
    }

    /** The follower comes within seconds. */
    private void eventually(BooleanSupplier happened) {
        Instant until = Instant.now(java.time.Clock.systemUTC()).plus(Duration.ofSeconds(30));
        while (!happened.getAsBoolean()) {
            assertThat(Instant.now(java.time.Clock.systemUTC())).as("the tally did not come").isBefore(until);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void countsEachMatterOnceWhereItStandsNow() {
        Way one = Way.registered(context, county, "甲").sorted().assigned();
        Way.registered(context, county, county.townClerkB, "乙", Map.of("place", county.villageB));
        eventually(() -> figures(county.code).totals().equals(new Tally.Totals(2, 0)));
        assertThat(figures(county.code).places()).extracting(Tally.Count::key).containsExactlyInAnyOrder(county.townA, county.townB);
        assertThat(figures(county.townA).totals().open()).isEqualTo(1);
        assertThat(figures(county.code).leads()).extracting(Tally.Count::key).containsExactlyInAnyOrder(county.roads.id().toString(), "");
        one.accepted().answered().closed();
        eventually(() -> figures(county.code).totals().equals(new Tally.Totals(1, 1)));
        assertThat(figures(county.code).kinds()).extracting(Tally.Count::key).containsExactly("intake");
    }

    @Test
    void countsNothingTwiceWhenABatchComesAgain() {
        Way way = Way.registered(context, county, "重复送达").sorted();
        eventually(() -> figures(county.code).totals().open() == 1);
        LoggedEntry entry = new LoggedEntry(1, way.id(), 1, "register", "intake", 1, java.util.Optional.empty(), java.util.Optional.empty(), "registered",
                "staff", java.util.Optional.empty(), java.util.Optional.empty(), Instant.EPOCH, Set.of("staff"), "{}");
        for (int i = 0; i < 3; i++) {
            following.executeWithoutResult(_ -> follower.follow(List.of(entry, entry)));
        }
        assertThat(figures(county.code).totals()).isEqualTo(new Tally.Totals(1, 0));
    }

    @Test
    void agreesWithACountOfTheMattersThemselves() {
        for (int i = 0; i < 6; i++) {
            Way way = Way.registered(context, county, "核对" + i);
            if (i % 2 == 0) {
                way.sorted(i % 4 == 0 ? "service" : "advice");
            }
        }
        eventually(() -> figures(county.code).totals().open() == 6);
        long direct = county.as(county.supervisor, () -> transactions.execute(_ -> jdbc
                .sql("select count(*) from matters.matter where kind = 'service' and starts_with(scope_code, ?)").param(county.code)
                .query(Long.class).single()));
        assertThat(figures(county.code).kinds()).filteredOn(count -> count.key().equals("service")).extracting(Tally.Count::n).containsExactly(direct);
    }

    @Test
    void countsAComplaintWithTheReceivingOrganOnly() {
        Way.registered(context, county, county.townClerkA, "反映甲镇中心", Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        eventually(() -> figures(county.code).totals().open() == 1);
        assertThat(figures(county.code).places()).extracting(Tally.Count::key).containsExactly(county.code);
        Tally.Figures town = county.as(county.townSupervisorA, () -> tally.of(county.townA));
        assertThat(town.totals().open()).isZero();
    }

    @Test
    void isForWhoWatchesTheDivision() {
        Way way = Way.registered(context, county, "看板上的事").sorted().assigned();
        eventually(() -> figures(county.code).leads().stream().anyMatch(lead -> lead.key().equals(county.roads.id().toString())));
        Visitor supervisor = county.signedIn(new Visitor(port), county.supervisor);
        String board = supervisor.get("/board").body();
        assertThat(board).contains("办理中 · 按状态", "甲镇", county.roads.name(), "看板上的事", "/board?division=" + county.townA);
        assertThat(supervisor.get("/board?division=" + county.townA).body()).contains("甲镇事项看板", "看板上的事");
        assertThat(supervisor.get("/board/matters?division=" + county.townA).body()).contains("看板上的事", way.number().shown());
        assertThat(supervisor.get("/board/matters?division=" + county.townB).body()).doesNotContain("看板上的事");

        Visitor townB = county.signedIn(new Visitor(port), county.townSupervisorB);
        assertThat(townB.get("/board").body()).doesNotContain("看板上的事", county.roads.name());
        assertThat(townB.get("/board?division=" + county.townA).status()).isEqualTo(404);
        assertThat(townB.get("/board?division=" + county.code).status()).isEqualTo(404);
        Visitor handler = county.signedIn(new Visitor(port), county.handler);
        assertThat(handler.get("/board").status()).isEqualTo(403);
        assertThat(handler.get("/board/matters?division=" + county.townA).status()).isEqualTo(403);
    }

    @Test
    void showsNoFigureToATransactionWithoutAScope() {
        Way.registered(context, county, "没有范围");
        eventually(() -> figures(county.code).totals().open() == 1);
        for (Actor actor : new Actor[] {new Actor.Passerby(), new Actor.Resident(UUID.randomUUID(), 1), county.actor(county.handler)}) {
            Long seen = Acting.as(actor, () -> transactions.execute(_ -> jdbc.sql("select count(*) from matters.tally").query(Long.class).single()));
            assertThat(seen).isZero();
        }
    }
}
