package org.heshi.notices.tell;

import java.time.InstantSource;
import java.time.ZoneOffset;
import org.heshi.matters.Forgetting;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** No mail of an erased matter is sent any more; the addresses of those that waited go, and what servers said of them. */
@Component
class ForgottenAddresses implements Forgetting {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    ForgottenAddresses(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String room() {
        return "notices";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("update notices.mail set address = null, dead_at = ? where matter = ? and address is not null")
                    .params(clock.instant().atOffset(ZoneOffset.UTC), matter.matter()).update();
            jdbc.sql("update notices.mail set failure = null where matter = ? and failure is not null").param(matter.matter()).update();
        });
        return true;
    }
}
