package org.heshi.privacy.keeping;

import java.sql.Date;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.kernel.Words;
import org.heshi.matters.Endings;
import org.heshi.matters.MatterRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Holds by law: while one lasts, the matter is neither put away nor erased. */
@Repository
class Holds {

    static final List<String> GROUNDS = List.of("court", "review", "discipline", "audit", "request", "other");
    private static final int PAPER = 120;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final MatterRows matters;
    private final Endings endings;
    private final InstantSource clock;

    Holds(JdbcClient jdbc, TransactionTemplate transactions, MatterRows matters, Endings endings, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.matters = matters;
        this.endings = endings;
        this.clock = clock;
    }

    /** @param until the last day of it; empty: until somebody ends it */
    record Hold(UUID id, MatterNumber number, String ground, String paper, Optional<LocalDate> until, Instant at, UUID unit, boolean over) {
    }

    /** Those of them on which a hold lasts. As a machine. */
    Set<UUID> on(List<UUID> asked) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        return new HashSet<>(Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select matter from privacy.hold where matter = any (?) and ended_at is null and (until is null or until >= ?)
                """).params(asked.toArray(UUID[]::new), Date.valueOf(today)).query(UUID.class).list())));
    }

    /** What was typed becomes a hold. @return what is wrong with it, nothing when it was placed */
    List<Refusal> place(HoldForm form) {
        Actor.Staff staff = Keepers.keeper();
        Instant now = clock.instant();
        LocalDate today = CivilTime.dateOf(now);
        List<Refusal> refusals = new ArrayList<>();
        Optional<MatterNumber> number = MatterNumber.parse(form.number());
        Optional<UUID> matter = number.flatMap(n -> matters.find(n).or(() -> endings.holders(n).filter(h -> h.scope().startsWith(staff.scope())
                && !endings.isAboutWhoActs(h.matter())).map(Endings.Holders::matter)));
        if (matter.isEmpty()) {
            refusals.add(Refusal.at("number", "privacy-no-matter"));
        }
        if (!GROUNDS.contains(form.ground())) {
            refusals.add(Refusal.at("ground", "required"));
        }
        String paper = Words.line(form.paper());
        if (Words.length(paper) > PAPER) {
            refusals.add(Refusal.at("paper", "too-long", PAPER, Words.length(paper)));
        }
        Optional<LocalDate> until = form.day();
        if (!form.until().isBlank() && until.isEmpty()) {
            refusals.add(Refusal.at("until", "privacy-no-day"));
        } else if (until.filter(day -> day.isBefore(today)).isPresent()) {
            refusals.add(Refusal.at("until", "privacy-day-past"));
        }
        if (refusals.isEmpty()) {
            transactions.executeWithoutResult(_ -> jdbc.sql("""
                    insert into privacy.hold (id, matter, number, scope, ground, paper, until, at, person, post, unit) values (?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?, ?)
                    """).params(java.util.Arrays.asList(Uuid7.at(now), matter.orElseThrow(), number.orElseThrow().digits(), staff.scope(), form.ground(), paper,
                    until.map(LocalDate::toString).orElse(null), now.atOffset(ZoneOffset.UTC), staff.person(), staff.post(), staff.unit())).update());
        }
        return refusals;
    }

    /** @return whether there was one that lasted */
    boolean end(UUID hold) {
        Actor.Staff staff = Keepers.keeper();
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("update privacy.hold set ended_at = ?, ended_by = ? where id = ? and ended_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), staff.person(), hold).update())) == 1;
    }

    /** Those that are not ended, the newest first, of the places that who looks watches. */
    List<Hold> list(int limit) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select * from privacy.hold where ended_at is null order by id desc limit ?").param(limit)
                .query((r, _) -> {
                    Optional<LocalDate> until = Optional.ofNullable(r.getDate("until")).map(Date::toLocalDate);
                    return new Hold(r.getObject("id", UUID.class), new MatterNumber(r.getString("number")), r.getString("ground"), r.getString("paper"), until,
                            r.getObject("at", OffsetDateTime.class).toInstant(), r.getObject("unit", UUID.class), until.filter(day -> day.isBefore(today)).isPresent());
                }).list()));
    }
}
