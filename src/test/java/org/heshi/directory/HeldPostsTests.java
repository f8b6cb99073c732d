package org.heshi.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heshi.directory.DirectoryRows.LONG_AGO;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class HeldPostsTests {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");

    @Autowired
    Directory directory;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    DirectoryRows rows;
    UUID unit;
    UUID post;
    UUID holder;
    UUID other;

    @BeforeEach
    void oneUnitOnePostTwoPeople() {
        rows = new DirectoryRows(jdbc, transactions);
        unit = rows.unit(UnitType.DEPARTMENT, "990101", null);
        post = rows.post(unit, Role.HANDLER, Role.HEAD);
        holder = rows.person("试甲");
        other = rows.person("试乙");
    }

    @Test
    void knowsAUnitThatMovedWithinASecond() {
        assertThat(directory.unitLately(unit)).hasValueSatisfying(known -> assertThat(known.division()).isEqualTo("990101"));
        assertThat(directory.unitLately(UUID.randomUUID())).isEmpty();
        rows.update("update directory.unit set division_code = '990102' where id = ?", unit);
        Eventually.that("the unit is where it moved", () -> directory.unitLately(unit).orElseThrow().division().equals("990102"));
        assertThat(directory.unitLately(unit)).isEqualTo(directory.findUnit(unit));
    }

    @Test
    void beginsAndEndsToTheInstant() {
        rows.holding(post, holder, DAY, days(10));

        assertThat(directory.findHeldPost(holder, post, DAY.minusMillis(1))).isEmpty();
        assertThat(directory.findHeldPost(holder, post, DAY)).hasValueSatisfying(held -> {
            assertThat(held.roles()).containsExactlyInAnyOrder(Role.HANDLER, Role.HEAD);
            assertThat(held.unit()).isEqualTo(unit);
            assertThat(held.division()).isEqualTo("990101");
            assertThat(held.standIn()).isFalse();
        });
        assertThat(directory.findHeldPost(holder, post, days(10).minusMillis(1))).isPresent();
        assertThat(directory.findHeldPost(holder, post, days(10))).isEmpty();
    }

    @Test
    void givesTheStandInTheAuthorityDuringTheLeaveOnly() {
        UUID holding = rows.holding(post, holder, DAY, null);
        rows.leave(holding, days(5), days(7), other);

        assertThat(directory.heldPosts(other, days(4))).isEmpty();
        assertThat(directory.heldPosts(other, days(5))).singleElement().satisfies(held -> assertThat(held.standIn()).isTrue());
        assertThat(directory.heldPosts(other, days(7))).isEmpty();
        assertThat(directory.holders(unit, Role.HEAD, days(6))).extracting(HeldPost::person).containsExactly(other);
        assertThat(directory.holders(unit, Role.HEAD, days(8))).extracting(HeldPost::person).containsExactly(holder);
        assertThat(directory.holders(unit, Role.AUDITOR, days(8))).isEmpty();
    }

    @Test
    void stillNamesOneOnLeaveForWhomNobodyStandsIn() {
        rows.leave(rows.holding(post, holder, DAY, null), days(5), days(7), null);

        assertThat(directory.holders(unit, Role.HANDLER, days(6))).extracting(HeldPost::person).containsExactly(holder);
    }

    @Test
    void endsEveryAuthorityWithThePostAndWithTheUnit() {
        UUID holding = rows.holding(post, holder, DAY, null);
        rows.leave(holding, days(1), days(100), other);
        UUID second = rows.post(unit, Role.VERIFIER);
        rows.holding(second, holder, DAY, null);

        rows.end("post", post, days(20));
        assertThat(directory.heldPosts(holder, days(20))).extracting(HeldPost::post).containsExactly(second);
        assertThat(directory.heldPosts(other, days(20))).isEmpty();

        rows.end("unit", unit, days(30));
        assertThat(directory.heldPosts(holder, days(29))).hasSize(1);
        assertThat(directory.heldPosts(holder, days(30))).isEmpty();
    }

    @Test
    void readsBeforeAnybodyActsButShowsNoTableToAPasserby() {
        rows.holding(post, holder, DAY, null);

        assertThat(directory.findHeldPost(holder, post, days(1))).isPresent();
        assertThat(directory.people(List.of(holder))).containsKey(holder);
        for (String table : List.of("person", "post", "holding", "leave", "handles", "helper")) {
            long seen = transactions.execute(_ -> jdbc.sql("select count(*) from directory." + table).query(Long.class).single());
            assertThat(seen).as(table).isZero();
        }
    }

    @Test
    void refusesAChangeByAnybodyButAnAdministratorOrTheProgram() {
        HeldPost clerk = new HeldPost(post, "窗口", holder, "试甲", unit, "试验", UnitType.CENTRE, "990101", java.util.Set.of(Role.WINDOW_CLERK), false);
        assertThatThrownBy(() -> Acting.run(new Actor.Staff(clerk), () -> transactions.executeWithoutResult(_ ->
                jdbc.sql("insert into directory.person (id, name) values (?, '试丙')").param(UUID.randomUUID()).update())))
                .hasStackTraceContaining("row-level security");
        int touched = Acting.as(new Actor.Staff(clerk), () -> transactions.execute(_ ->
                jdbc.sql("update directory.unit set name = '改名' where id = ?").param(unit).update()));
        assertThat(touched).isZero();
    }

    @Test
    void refusesTwoHoldersAtOnce() {
        rows.holding(post, holder, DAY, days(10));
        rows.holding(post, other, days(10), null);

        assertThatThrownBy(() -> rows.holding(post, other, days(9), days(10))).hasMessageContaining("holding_one_at_a_time");
    }

    @Test
    void refusesAnEndBeforeTheBeginning() {
        assertThatThrownBy(() -> rows.holding(post, holder, DAY, DAY)).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void refusesToStandInForOneselfAndALeaveOutsideTheHolding() {
        UUID holding = rows.holding(post, holder, DAY, days(10));

        assertThatThrownBy(() -> rows.leave(holding, days(1), days(2), holder)).hasMessageContaining("stands in for themselves");
        assertThatThrownBy(() -> rows.leave(holding, days(9), days(11), other)).hasMessageContaining("within its holding");
    }

    /** Random lives of a post: at every instant exactly those have authority whose interval contains it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesAuthorityExactlyWithinItsIntervals(long seed) {
        Random random = new Random(seed);
        List<UUID> people = List.of(holder, other, rows.person("试丙"));
        record Span(UUID person, Instant from, Instant to) {
            boolean contains(Instant at) {
                return !at.isBefore(from) && at.isBefore(to);
            }
        }
        List<Span> held = new java.util.ArrayList<>();
        List<Span> stoodIn = new java.util.ArrayList<>();
        Instant next = LONG_AGO.plus(Duration.ofDays(random.nextInt(30)));
        for (int i = 0; i < 6; i++) {
            Span span = new Span(people.get(random.nextInt(3)), next, next.plus(Duration.ofHours(1 + random.nextInt(400))));
            UUID holding = rows.holding(post, span.person(), span.from(), span.to());
            held.add(span);
            long hours = Duration.between(span.from(), span.to()).toHours();
            if (random.nextBoolean() && hours > 2) {
                Instant begin = span.from().plus(Duration.ofHours(random.nextLong(hours - 1)));
                Instant end = begin.plus(Duration.ofMinutes(1 + random.nextLong(Duration.between(begin, span.to()).toMinutes())));
                UUID standIn = people.stream().filter(p -> !p.equals(span.person())).skip(random.nextInt(2)).findFirst().orElseThrow();
                rows.leave(holding, begin, end, standIn);
                stoodIn.add(new Span(standIn, begin, end));
            }
            next = span.to().plus(Duration.ofHours(random.nextInt(3) * 24L));
        }
        List<Instant> moments = new java.util.ArrayList<>();
        java.util.stream.Stream.concat(held.stream(), stoodIn.stream()).forEach(span -> {
            moments.addAll(List.of(span.from(), span.from().minusMillis(1), span.to(), span.to().minusMillis(1)));
        });
        for (Instant at : moments) {
            for (UUID person : people) {
                boolean own = held.stream().anyMatch(span -> span.person().equals(person) && span.contains(at));
                boolean stands = stoodIn.stream().anyMatch(span -> span.person().equals(person) && span.contains(at));
                assertThat(directory.findHeldPost(person, post, at).isPresent()).as("%s at %s", person, at).isEqualTo(own || stands);
                assertThat(directory.heldPosts(person, at)).extracting(HeldPost::standIn)
                        .isEqualTo(own ? List.of(false) : stands ? List.of(true) : List.of());
            }
        }
    }

    private static Instant days(int n) {
        return DAY.plus(Duration.ofDays(n));
    }
}
