package org.heshi.matters.view;

import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.UnitBusiness;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Open matters in a unit's hands: whoever would end it sees no matter, only that there are some. */
@Component
class BusinessOfAUnit implements UnitBusiness {

    private static final Actor.Machine COUNTER = new Actor.Machine("business");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InnerScope inner;

    BusinessOfAUnit(JdbcClient jdbc, TransactionTemplate transactions, InnerScope inner) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.inner = inner;
    }

    @Override
    public int open(UUID unit) {
        int[] open = new int[1];
        transactions.executeWithoutResult(_ -> inner.as(COUNTER, () -> open[0] = jdbc.sql("""
                select count(*)::int from (
                  select distinct h.matter from matters.holding h join matters.matter m on m.id = h.matter
                  where h.unit = ? and h.relation in ('desk', 'lead', 'helper', 'verifier') and not m.terminal limit 1000) held
                """).param(unit).query(Integer.class).single()));
        return open[0];
    }
}
