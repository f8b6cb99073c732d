package org.heshi.notices.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Swept;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The list of mails that were sent or given up is kept for a term. */
@Component
class OldMail implements Swept {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OldMail(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String what() {
        return "mail";
    }

    @Override
    public int sweep(Instant before, int limit) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("notices"), () -> transactions.execute(_ -> jdbc.sql("""
                delete from notices.mail where id = any (array(select id from notices.mail where due_at < ? and address is null limit ?))
                """).params(before.atOffset(ZoneOffset.UTC), limit).update())));
    }
}
