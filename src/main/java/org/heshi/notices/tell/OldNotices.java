package org.heshi.notices.tell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Swept;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What posts were told is kept for a term. */
@Component
class OldNotices implements Swept {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OldNotices(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String what() {
        return "notices";
    }

    @Override
    public int sweep(Instant before, int limit) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("notices"), () -> transactions.execute(_ -> jdbc.sql("""
                delete from notices.notice where ctid = any (array(select ctid from notices.notice where uuid_extract_timestamp(id) < ? limit ?))
                """).params(before.atOffset(ZoneOffset.UTC), limit).update())));
    }
}
