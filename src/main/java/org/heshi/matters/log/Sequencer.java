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

    /**
     * An earlier entry of the same matter may carry a younger transaction, when one transaction touches two matters: it comes along, and is passed over when
     * its own turn comes. The last row of positions is filled up before others begin.
     */
    private static final String GIVE = """
            with taken as (
              select e.matter, e.seq from matters.entry_row e where e.xid > :from::xid8 and e.xid <= :to::xid8
            ), whole as (
              select e.matter, e.seq, e.xid, e.recorded_at, max(e.xid) over (partition by e.matter order by e.seq) as reached
              from (select matter, max(seq) as seq from taken group by matter) t
              join matters.entry_row e on e.matter = t.matter and e.seq <= t.seq
              where e.xid > :from::xid8 and not exists (select from matters.position_ahead a where a.matter = e.matter and a.seq = e.seq)
            ), ordered as (
              select matter, seq, xid, recorded_at, row_number() over (order by reached, matter, seq) as n from whole
            ), last as (
              select first, upto, case when first + cardinality(seqs) = :position + 1 then 32 - cardinality(seqs) else 0 end as room
              from matters.position_row order by first desc limit 1
            ), parts as (
              select (o.n - 1 - coalesce(l.room, 0) + 32) / 32 as part, min(o.n) as n, max(o.recorded_at) as newest,
                     array_agg(o.matter order by o.n) as matters, array_agg(o.seq order by o.n) as seqs
              from ordered o left join last l on true group by 1
            ), filled as (
              update matters.position_row p set matters = p.matters || a.matters, seqs = p.seqs || a.seqs, upto = greatest(p.upto, a.newest)
              from parts a, last l where a.part = 0 and p.first = l.first
            ), begun as (
              insert into matters.position_row (first, since, upto, matters, seqs)
              select :position + n, since, greatest(since, newest), matters, seqs
              from (select a.*, coalesce(greatest((select upto from last), max(a.newest) over (order by a.part rows between unbounded preceding and 1 preceding)),
                                         '-infinity') as since from parts a) b
              where part > 0
            ), ahead as (
              insert into matters.position_ahead (matter, seq) select matter, seq from ordered where xid > :to::xid8
            ), passed as (
              delete from matters.position_ahead a using taken t where a.matter = t.matter and a.seq = t.seq
            )
            select count(*)::int from ordered
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Sequencer(@Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Whether there is an entry without a position: asked before a transaction is begun for it. */
    boolean waiting() {
        // the newest entry by the index: asked as "any entry after", the planner takes a third of the table for newer and reads it from its beginning
        return jdbc.sql("select coalesce((select e.xid from matters.entry_row e order by e.xid desc limit 1) > (select xid from matters.sequencer), false)")
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
                         select e.xid from matters.entry_row e
                         where e.xid > ?::xid8 and e.xid < pg_snapshot_xmin(pg_current_snapshot())
                         order by e.xid limit ?) x
                       order by x.xid desc limit 1),
                      ?::xid8)::text
                    """).param(from).param(MOST).param(from).query(String.class).single();
            if (to.equals(from)) {
                return 0;
            }
            int count = jdbc.sql(GIVE).param("from", from).param("to", to).param("position", at.get().position()).query(Integer.class).single();
            jdbc.sql("update matters.sequencer set xid = ?::xid8, position = position + ? where one").param(to).param(count).update();
            return count;
        });
        return given == null ? 0 : given;
    }
}
