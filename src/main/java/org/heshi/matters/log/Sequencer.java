package org.heshi.matters.log;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives committed entries their dense position (decision 2). An entry is taken only when every transaction that began to write before its own has
 * ended, so nothing turns up behind a position that was given; and never before an earlier entry of its matter.
 */
@Component
class Sequencer {

    /** The transactions that are taken at once; a batch holds all entries of each. */
    static final int MOST = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Sequencer(@Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Whether there is an entry without a position: asked before a transaction is begun for it. */
    boolean waiting() {
        // the newest entry by the index: asked as "any entry after", the planner takes a third of the table for newer and reads it from its beginning
        return jdbc.sql("select coalesce((select e.xid from matters.entry e order by e.xid desc limit 1) > (select xid from matters.sequencer), false)")
                .query(Boolean.class).single();
    }

    /** One batch. @return how many entries got a position; 0 too when another process is at it */
    int sequence() {
        Integer given = transactions.execute(_ -> {
            record At(String xid, long position) {
            }
            var at = jdbc.sql("select xid::text as xid, position from matters.sequencer where one for update skip locked")
                    .query((r, _) -> new At(r.getString("xid"), r.getLong("position"))).optional();
            if (at.isEmpty()) {
                return 0;
            }
            String from = at.get().xid();
            // the newest transaction that is taken: below every one that still runs, and not too many at once
            String to = jdbc.sql("""
                    select coalesce(
                      (select x.xid from (
                         select e.xid from matters.entry e
                         where e.xid > ?::xid8 and e.xid < pg_snapshot_xmin(pg_current_snapshot())
                         order by e.xid limit ?) x
                       order by x.xid desc limit 1),
                      ?::xid8)::text
                    """).param(from).param(MOST).param(from).query(String.class).single();
            if (to.equals(from)) {
                return 0;
            }
            // an earlier entry of the same matter may carry a younger transaction, when one transaction touches two matters: it comes along, and is
            // passed over when its own turn comes
            int count = jdbc.sql("""
                    with taken as (
                      select e.matter, e.seq, e.xid from matters.entry e where e.xid > ?::xid8 and e.xid <= ?::xid8
                    ), whole as (
                      select e.matter, e.seq, e.xid
                      from (select matter, max(seq) as seq from taken group by matter) t
                      join matters.entry e on e.matter = t.matter and e.seq <= t.seq
                      where not exists (select from matters.position p where p.matter = e.matter and p.seq = e.seq)
                    ), ordered as (
                      select matter, seq, max(xid::text::numeric) over (partition by matter order by seq) as reached from whole
                    )
                    insert into matters.position (position, matter, seq)
                    select ? + row_number() over (order by reached, matter, seq), matter, seq from ordered
                    """).param(from).param(to).param(at.get().position()).update();
            jdbc.sql("update matters.sequencer set xid = ?::xid8, position = position + ? where one").param(to).param(count).update();
            return count;
        });
        return given == null ? 0 : given;
    }
}
