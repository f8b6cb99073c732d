package org.heshi.identity.client;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.heshi.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was done with programs' rights, for an auditor outside. */
@Repository
class ClientTrail implements AuditTrail {

    private final JdbcClient jdbc;

    ClientTrail(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "client";
    }

    /** A minute old: such a transaction does nothing else and has long ended. */
    @Override
    public List<Entry> after(Instant place, int most) {
        return jdbc.sql("""
                select e.at, (jsonb_build_object('event', 'client') || to_jsonb(e))::text from identity.client_event e
                where e.at > ? and e.at < now() - interval '1 minute' order by e.at fetch first ? rows with ties""")
                .param(place.atOffset(ZoneOffset.UTC)).param(most)
                .query((r, _) -> new Entry(r.getObject(1, OffsetDateTime.class).toInstant(), r.getString(2))).list();
    }
}
