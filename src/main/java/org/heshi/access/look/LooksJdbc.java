package org.heshi.access.look;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class LooksJdbc implements Looks {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    LooksJdbc(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void record(UUID matter) {
        Actor.Staff staff = Acting.staff();
        OffsetDateTime hour = clock.instant().truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC);
        // Without a conflict target: naming the columns would ask for the right to read the row, which only auditors have.
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into access.look (person, matter, hour, post, unit) values (?, ?, ?, ?, ?) on conflict do nothing""")
                .params(staff.person(), matter, hour, staff.post(), staff.unit())
                .update());
    }
}
