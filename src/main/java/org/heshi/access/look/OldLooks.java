package org.heshi.access.look;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Swept;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks are kept for a term, and then nobody can read any more who looked. */
@Component
class OldLooks implements Swept {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OldLooks(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String what() {
        return "looks";
    }

    @Override
    public int sweep(Instant before, int limit) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("looks"), () -> transactions.execute(_ -> jdbc.sql("""
                delete from access.look where ctid = any (array(select ctid from access.look where hour < ? limit ?))
                """).params(before.atOffset(ZoneOffset.UTC), limit).update())));
    }
}
