package org.heshi;

import java.sql.SQLException;
import java.sql.Statement;

/** Positions of entries changed by somebody with all rights, as they lie in the database: one that is missing stays missing. */
public final class Positions {

    private Positions() {
    }

    /** @param change acts upon a table {@code place (position, matter, seq)} */
    public static void change(Statement s, String change) throws SQLException {
        s.execute("create temporary table place as select * from matters.position");
        s.execute(change);
        s.execute("delete from matters.position_row");
        s.execute("""
                insert into matters.position_row (first, since, upto, matters, seqs)
                select first, coalesce(max(newest) over (order by first rows between unbounded preceding and 1 preceding), '-infinity'),
                       coalesce(max(newest) over (order by first), '-infinity'), matters, seqs
                from (select min(position) as first, max(recorded_at) as newest, array_agg(matter order by position) as matters, array_agg(seq order by position) as seqs
                      from (select p.position, p.matter, p.seq, e.recorded_at, p.position - row_number() over (order by p.position) as lost
                            from place p left join matters.entry_row e on e.matter = p.matter and e.seq = p.seq) one
                      group by lost, (position - 1) / 32) many""");
        s.execute("drop table place");
    }
}
