package org.heshi.privacy.keeping;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Endings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Opening a matter that is put away: with a reason, by who may, and written down before anything is shown. */
@Repository
class Openings {

    static final List<String> REASONS = List.of("court", "review", "discipline", "request", "similar", "other");

    private final Endings endings;
    private final Looks looks;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Openings(Endings endings, Looks looks, JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.endings = endings;
        this.looks = looks;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Opening(MatterNumber number, Instant at, UUID unit, String reason, String paper) {
    }

    /** The matter when it is put away and who acts may open it: who watches its place, or handles for a unit that held it; never whom it is about. */
    Optional<Endings.Holders> mayOpen(MatterNumber number) {
        Actor.Staff staff = Acting.staffWith(Role.HANDLER, Role.HEAD, Role.DISPATCHER, Role.SUPERVISOR, Role.AUDITOR);
        boolean watches = !staff.scope().isEmpty() && (staff.has(Role.SUPERVISOR) || staff.has(Role.AUDITOR));
        boolean handles = staff.has(Role.HANDLER) || staff.has(Role.HEAD) || staff.has(Role.DISPATCHER);
        return endings.holders(number).filter(held -> watches && held.scope().startsWith(staff.scope()) || handles && held.units().contains(staff.unit()))
                .filter(held -> !endings.isAboutWhoActs(held.matter()));
    }

    /** Writes down that it is opened, here and among the looks that its reporter reads. */
    void record(Endings.Holders matter, MatterNumber number, String reason, String paper) {
        Actor.Staff staff = Acting.staff();
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            looks.record(matter.matter());
            jdbc.sql("insert into privacy.opening (id, matter, number, scope, person, post, unit, reason, paper, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(Uuid7.at(now), matter.matter(), number.digits(), matter.scope(), staff.person(), staff.post(), staff.unit(), reason, paper,
                            now.atOffset(ZoneOffset.UTC)).update();
        });
    }

    /** The newest in the places that who looks watches. */
    List<Opening> list(int limit) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select number, at, unit, reason, paper from privacy.opening order by at desc limit ?").param(limit)
                .query((r, _) -> new Opening(new MatterNumber(r.getString("number")), r.getObject("at", OffsetDateTime.class).toInstant(), r.getObject("unit", UUID.class),
                        r.getString("reason"), r.getString("paper"))).list()));
    }
}
