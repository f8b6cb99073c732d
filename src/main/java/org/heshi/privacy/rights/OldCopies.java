package org.heshi.privacy.rights;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Swept;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** That copies were given is kept for a term. */
@Component
class OldCopies implements Swept {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OldCopies(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String what() {
        return "copies";
    }

    @Override
    public int sweep(Instant before, int limit) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("rights"), () -> transactions.execute(_ -> jdbc.sql("""
                delete from privacy.copy where id = any (array(select id from privacy.copy where at < ? order by at limit ?))
                """).params(before.atOffset(ZoneOffset.UTC), limit).update())));
    }
}
