package org.heshi.identity.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.heshi.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was done with accounts, for an auditor outside. */
@Repository
class AccountTrail implements AuditTrail {

    private final JdbcClient jdbc;

    AccountTrail(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "account";
    }

    /** A minute old: such a transaction does nothing else and has long ended. */
    @Override
    public List<Entry> after(Instant place, int most) {
        return jdbc.sql("""
                select e.at, (jsonb_build_object('event', 'account') || to_jsonb(e))::text from identity.account_event e
                where e.at > ? and e.at < now() - interval '1 minute' order by e.at fetch first ? rows with ties""")
                .param(place.atOffset(ZoneOffset.UTC)).param(most)
                .query((r, _) -> new Entry(r.getObject(1, OffsetDateTime.class).toInstant(), r.getString(2))).list();
    }
}
