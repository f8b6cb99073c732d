package org.heshi.matters.clock;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.heshi.calendar.Calendar;
import org.heshi.matters.procedure.Procedures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the running clocks afresh when a new notice of holidays has come in: from the same start, length, pauses and extensions, by the days as
 * they are known now. Batch by batch, each in a transaction of its own; a clock that somebody moves at that moment is counted in the next round.
 */
@Component
public class Recount {

    private static final Logger LOG = LoggerFactory.getLogger(Recount.class);
    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clocks clocks;
    private final Procedures procedures;
    private final Calendar calendar;
    private final InstantSource clock;

    Recount(@Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions, Clocks clocks, Procedures procedures,
            Calendar calendar, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clocks = clocks;
        this.procedures = procedures;
        this.calendar = calendar;
        this.clock = clock;
    }

    private record One(UUID matter, String name, String row) {
    }

    /** One batch of clocks that were counted by an older edition of the calendar. @return how many there were */
    public int round() {
        long edition = calendar.edition();
        return Objects.requireNonNull(transactions.execute(_ -> {
            List<One> old = jdbc.sql("""
                    select matter, name, jsonb_build_array(to_jsonb(c))::text as row from matters.clock c
                    where over_at is null and edition < ? order by edition limit ? for update skip locked
                    """).param(edition).param(BATCH).query((r, _) -> new One(r.getObject("matter", UUID.class), r.getString("name"), r.getString("row"))).list();
            if (!old.isEmpty()) {
                List<UUID> matters = new ArrayList<>();
                List<Running> counted = new ArrayList<>();
                for (One one : old) {
                    try {
                        counted.add(counted(Running.list(one.row()).getFirst()));
                        matters.add(one.matter());
                    } catch (RuntimeException e) {
                        // it keeps its instant, and holds up nobody else's
                        LOG.error("the limit {} of the matter {} could not be counted again", one.name(), one.matter(), e);
                        jdbc.sql("update matters.clock set edition = ? where matter = ? and name = ? and over_at is null").param(edition)
                                .param(one.matter()).param(one.name()).update();
                    }
                }
                jdbc.sql("""
                        update matters.clock k
                        set due_at = c.due_at, warn_at = c.warn_at, provisional = c.provisional, edition = c.edition, said = c.said, next_at = c.next_at
                        from unnest(?::uuid[], ?::text[], ?::int[], ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::boolean[], ?::bigint[], ?::int[],
                          ?::text[]::timestamptz[]) as c (matter, name, run, due_at, warn_at, provisional, edition, said, next_at)
                        where k.matter = c.matter and k.name = c.name and k.run = c.run
                        """)
                        .param(matters.toArray(UUID[]::new))
                        .param(counted.stream().map(Running::name).toArray(String[]::new))
                        .param(counted.stream().map(Running::run).toArray(Integer[]::new))
                        .param(counted.stream().map(c -> c.dueAt().toString()).toArray(String[]::new))
                        .param(counted.stream().map(c -> c.warnAt() == null ? null : c.warnAt().toString()).toArray(String[]::new))
                        .param(counted.stream().map(Running::provisional).toArray(Boolean[]::new))
                        .param(counted.stream().map(Running::edition).toArray(Long[]::new))
                        .param(counted.stream().map(Running::said).toArray(Integer[]::new))
                        .param(counted.stream().map(c -> c.nextAt() == null ? null : c.nextAt().toString()).toArray(String[]::new))
                        .update();
                LOG.debug("{} limits were counted by the newest holidays", counted.size());
            }
            return old.size();
        }));
    }

    private Running counted(Running c) {
        return clocks.afresh(c, procedures.version(c.kind(), c.procedure()).clocks().get(c.name()), clock.instant());
    }
}
