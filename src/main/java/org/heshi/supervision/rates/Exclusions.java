package org.heshi.supervision.rates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.kernel.Words;
import org.heshi.supervision.watch.Watched;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** What is left out of the rates: proposed by one, decided by another, ended by either; every step stays written. */
@Repository
class Exclusions {

    private final JdbcClient jdbc;
    private final Divisions divisions;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Exclusions(JdbcClient jdbc, Divisions divisions, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.divisions = divisions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** One that was approved. @param division one code of its place, which may have had several @param to the last day; null while it is not ended */
    record Holding(String division, String what, String value, LocalDate from, @Nullable LocalDate to) {
    }

    record Step(String what, Instant at, UUID person) {
    }

    record Exclusion(UUID id, String division, String scope, String what, String value, String reason, LocalDate from, Optional<LocalDate> to, Instant at, UUID person,
            List<Step> steps) {

        String state() {
            return steps.isEmpty() ? "proposed" : steps.getLast().what();
        }
    }

    sealed interface Doing {
        record Done() implements Doing {
        }

        record Refused(List<Refusal> refusals) implements Doing {
        }
    }

    /** Those that count now or counted once, for every place. Inside a transaction. */
    List<Holding> inForce() {
        List<Holding> approved = jdbc.sql("""
                select e.division, e.by_what, e.value, e.from_day, least(e.to_day, (d.at at time zone 'Asia/Shanghai')::date) as to_day
                  from supervision.exclusion e join supervision.exclusion_step s on s.exclusion = e.id and s.what = 'approved'
                  left join supervision.exclusion_step d on d.exclusion = e.id and d.what = 'ended'
                 order by e.proposed_at""").query((r, _) -> new Holding(r.getString("division"), r.getString("by_what"), r.getString("value"),
                r.getObject("from_day", LocalDate.class), r.getObject("to_day", LocalDate.class))).list();
        Map<String, String> went = divisions.successors();
        // a place that only got another code is the same place; what went into another one is not that one's
        return approved.stream().flatMap(one -> (went.isEmpty() ? Stream.of(one.division()) : codes(one.division(), went)).map(code -> new Holding(code, one.what(), one.value(), one.from(), one.to())))
                .toList();
    }

    /** The codes that a place has and had. */
    private Stream<String> codes(String division, Map<String, String> went) {
        return Stream.concat(Stream.of(division), divisions.standings(division).stream().map(Divisions.Standing::code)).filter(code -> code.equals(division)
                || went.containsKey(code) || went.containsKey(division)).distinct();
    }

    /** Those of a place, of places above that hold there, and below; the newest first. */
    Page<Exclusion> list(Watched.Place place, String after, int size) {
        Optional<UUID> from = Ids.find(after);
        JdbcClient.StatementSpec asked = jdbc.sql("select * from supervision.exclusion e where (starts_with(e.scope, :place) or starts_with(:place, e.scope))"
                + (from.isPresent() ? " and e.id < :after" : "") + " order by e.id desc limit :limit").param("place", place.division()).param("limit", size + 1);
        JdbcClient.StatementSpec ready = from.isPresent() ? asked.param("after", from.get()) : asked;
        return transactions.execute(_ -> Page.cut(ready.query(Exclusions::read).list().stream().map(this::withSteps).toList(), size, one -> one.id().toString()));
    }

    private Exclusion withSteps(Exclusion e) {
        List<Step> steps = jdbc.sql("select what, at, person from supervision.exclusion_step where exclusion = ? order by at, what = 'ended'").param(e.id())
                .query((r, _) -> new Step(r.getString("what"), r.getObject("at", OffsetDateTime.class).toInstant(), r.getObject("person", UUID.class))).list();
        return new Exclusion(e.id(), e.division(), e.scope(), e.what(), e.value(), e.reason(), e.from(), e.to(), e.at(), e.person(), steps);
    }

    /** @param known whether the form offered this choice */
    Doing propose(ExclusionForm form, boolean known) {
        Watched.Place place = Watched.centre();
        Actor.Staff staff = Acting.staff();
        Instant now = clock.instant();
        List<Refusal> refusals = new ArrayList<>();
        if (!known) {
            refusals.add(Refusal.at("value", "supervision-choose"));
        }
        String reason = Words.clean(form.reason());
        if (reason.isEmpty()) {
            refusals.add(Refusal.at("reason", "supervision-empty"));
        } else if (Words.length(reason) > 1000) {
            refusals.add(Refusal.at("reason", "supervision-long", 1000));
        }
        Optional<LocalDate> from = day("from", form.from(), true, refusals);
        Optional<LocalDate> to = day("to", form.to(), false, refusals);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            refusals.add(Refusal.at("to", "supervision-day-order"));
        }
        if (!refusals.isEmpty()) {
            return new Doing.Refused(refusals);
        }
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into supervision.exclusion (id, division, scope, by_what, value, reason, from_day, to_day, proposed_at, proposed_by, proposer)
                values (?, ?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?)""").param(Uuid7.at(now)).param(place.division()).param(place.division()).param(form.what()).param(form.code()).param(reason)
                .param(java.sql.Date.valueOf(from.orElseThrow())).param(to.map(LocalDate::toString).orElse(null)).param(now.atOffset(ZoneOffset.UTC))
                .param(staff.person()).param(staff.post()).update());
        return new Doing.Done();
    }

    /** Approves, refuses or ends. @throws NoSuchElementException when there is none of that place, or no such step */
    Doing step(UUID id, String what) {
        Watched.Place place = Watched.centre();
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.HEAD);
        Instant now = clock.instant();
        return transactions.execute(_ -> {
            Exclusion one = jdbc.sql("select * from supervision.exclusion where id = ? and starts_with(scope, ?)").params(id, place.division())
                    .query(Exclusions::read).optional().map(this::withSteps).orElseThrow(() -> new NoSuchElementException("no such exclusion"));
            boolean decides = what.equals("approved") || what.equals("refused");
            if (!decides && !what.equals("ended")) {
                throw new NoSuchElementException("no such step");
            }
            if (!one.scope().equals(place.division())) {
                throw new AccessDeniedException("another centre decides that");
            }
            if (decides && one.person().equals(staff.person())) {
                return new Doing.Refused(List.of(Refusal.of("supervision-own")));
            }
            if (decides != one.state().equals("proposed") || !decides && !one.state().equals("approved")) {
                return new Doing.Refused(List.of(Refusal.of("supervision-decided")));
            }
            int written = jdbc.sql("insert into supervision.exclusion_step (exclusion, what, at, person, post) values (?, ?, ?, ?, ?) on conflict do nothing")
                    .param(id).param(what).param(now.atOffset(ZoneOffset.UTC)).param(staff.person()).param(staff.post()).update();
            return written == 1 ? new Doing.Done() : new Doing.Refused(List.of(Refusal.of("supervision-decided")));
        });
    }

    private static Optional<LocalDate> day(String field, String typed, boolean needed, List<Refusal> refusals) {
        if (typed.isBlank()) {
            if (needed) {
                refusals.add(Refusal.at(field, "supervision-empty"));
            }
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            if (day.getYear() >= 2000 && day.getYear() <= 2200) {
                return Optional.of(day);
            }
        } catch (java.time.DateTimeException e) {
            // refused below, as a year far away is
        }
        refusals.add(Refusal.at(field, "supervision-day"));
        return Optional.empty();
    }

    /** Today in civil time, as a form begins with it. */
    LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    private static Exclusion read(ResultSet r, int row) throws SQLException {
        return new Exclusion(r.getObject("id", UUID.class), r.getString("division"), r.getString("scope"), r.getString("by_what"), r.getString("value"), r.getString("reason"),
                r.getObject("from_day", LocalDate.class), Optional.ofNullable(r.getObject("to_day", LocalDate.class)),
                r.getObject("proposed_at", OffsetDateTime.class).toInstant(), r.getObject("proposed_by", UUID.class), List.of());
    }
}
