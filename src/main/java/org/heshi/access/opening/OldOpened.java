package org.heshi.access.opening;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Swept;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What was opened for a reason, and what an auditor said of it, is kept for a term. */
@Component
class OldOpened implements Swept {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OldOpened(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String what() {
        return "openings";
    }

    @Override
    public int sweep(Instant before, int limit) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("openings"), () -> transactions.execute(_ -> jdbc.sql("""
                delete from access.opening where id = any (array(select id from access.opening where opened_at < ? order by opened_at limit ?))
                """).params(before.atOffset(ZoneOffset.UTC), limit).update())));
    }
}
