package org.heshi.access.look;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.heshi.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who opened what, for an auditor outside. */
@Repository
class LookTrail implements AuditTrail {

    private final JdbcClient jdbc;

    LookTrail(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "look";
    }

    /**
     * A look is noted with the time at which its transaction began. What began before every transaction that still runs can have nothing earlier beside
     * it; five seconds more, because a transaction is seen a moment after it began.
     */
    @Override
    public List<Entry> after(Instant place, int most) {
        return jdbc.sql("""
                select l.noted_at, (jsonb_build_object('event', 'look') || (to_jsonb(l) - 'noted_at'))::text
                from access.look l
                where l.noted_at > ?
                  and l.noted_at < least(now(), (select min(a.xact_start) from pg_stat_activity a where a.usename = current_user and a.pid <> pg_backend_pid()))
                                   - interval '5 seconds'
                order by l.noted_at fetch first ? rows with ties""")
                .param(place.atOffset(ZoneOffset.UTC)).param(most)
                .query((r, _) -> new Entry(r.getObject(1, OffsetDateTime.class).toInstant(), r.getString(2))).list();
    }
}
