package org.heshi.matters.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Recounting;
import org.heshi.matters.procedure.Procedures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the running clocks afresh when a new notice of holidays has come in: from the same start, length, pauses and extensions, by the days as
 * they are known now. One walk in the order of their key, batch by batch, each batch in a transaction of its own with how far the walk has come; one
 * process walks at a time, and another goes on where a killed one stopped. A clock that another process started by the days of yesterday, behind
 * the walk, is found by a second walk a little later.
 */
@Component
public class Recount implements Recounting {

    private static final Logger LOG = LoggerFactory.getLogger(Recount.class);
    private static final int BATCH = 500;
    /** No process is so long behind with the edition of its calendar. */
    private static final Duration BEHIND = Duration.ofMinutes(2);

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

    private record Walk(long edition, int number, UUID matter, String name, @Nullable Instant endedAt) {
    }

    private record Key(UUID matter, String name) {
    }

    /** One batch of the walk that is under way or begins. @return how many clocks it came past; 0 when there is nothing to walk for */
    public int round() {
        long edition = calendar.edition();
        return Objects.requireNonNull(transactions.execute(_ -> {
            Optional<Walk> found = jdbc.sql("select edition, walk, matter, name, ended_at from matters.recount for update skip locked").query((r, _) ->
                    new Walk(r.getLong("edition"), r.getInt("walk"), r.getObject("matter", UUID.class), r.getString("name"),
                            Optional.ofNullable(r.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null))).optional();
            if (found.isEmpty()) {
                return 0;
            }
            Walk walk = found.get();
            Instant now = clock.instant();
            if (edition > walk.edition()) {
                walk = begin(edition, 1, now);
            } else if (walk.endedAt() != null) {
                if (walk.number() == 2 || now.isBefore(walk.endedAt().plus(BEHIND))) {
                    return 0;
                }
                walk = begin(walk.edition(), 2, now);
            }
            return step(walk, now);
        }));
    }

    private Walk begin(long edition, int number, Instant now) {
        Walk walk = new Walk(edition, number, new UUID(0, 0), "", null);
        jdbc.sql("""
                update matters.recount set edition = ?, walk = ?, matter = ?, name = ?, counted = 0, failed = 0, total = (select count(*) from matters.clock),
                  began_at = ?, moved_at = ?, ended_at = null
                """).param(edition).param(number).param(walk.matter()).param(walk.name()).param(now.atOffset(ZoneOffset.UTC))
                .param(now.atOffset(ZoneOffset.UTC)).update();
        return walk;
    }

    private int step(Walk walk, Instant now) {
        List<Key> keys = jdbc.sql("select matter, name from matters.clock where (matter, name) > (?, ?) order by matter, name limit ?").param(walk.matter())
                .param(walk.name()).param(BATCH).query((r, _) -> new Key(r.getObject("matter", UUID.class), r.getString("name"))).list();
        Key last = keys.isEmpty() ? new Key(walk.matter(), walk.name()) : keys.getLast();
        AtomicInteger failed = new AtomicInteger();
        if (!keys.isEmpty()) {
            List<UUID> matters = new ArrayList<>();
            List<Running> counted = new ArrayList<>();
            jdbc.sql("""
                    select * from matters.clock
                    where (matter, name) > (?, ?) and (matter, name) <= (?, ?) and edition < ? order by matter, name for update
                    """).param(walk.matter()).param(walk.name()).param(last.matter()).param(last.name()).param(walk.edition()).query(r -> {
                UUID matter = r.getObject("matter", UUID.class);
                try {
                    counted.add(afresh(Running.of(r)));
                    matters.add(matter);
                } catch (RuntimeException e) {
                    // it keeps its instant, and holds up nobody else's
                    LOG.error("the limit {} of the matter {} could not be counted again", r.getString("name"), matter, e);
                    failed.incrementAndGet();
                }
            });
            write(matters, counted);
        }
        boolean ended = keys.size() < BATCH;
        jdbc.sql("""
                update matters.recount set matter = ?, name = ?, counted = counted + ?, failed = failed + ?, moved_at = ?,
                  ended_at = case when ? then ?::timestamptz end
                """).param(last.matter()).param(last.name()).param(keys.size()).param(failed.get()).param(now.atOffset(ZoneOffset.UTC))
                .param(ended).param(now.atOffset(ZoneOffset.UTC)).update();
        return keys.size();
    }

    /** The same run by the days as they are known now. */
    Running afresh(Running c) {
        return clocks.afresh(c, procedures.version(c.kind(), c.procedure()).clocks().get(c.name()), clock.instant());
    }

    /** Writes what a count may change. The rows are locked by this transaction. */
    void write(List<UUID> matters, List<Running> counted) {
        jdbc.sql("""
                update matters.clock k
                set due_at = c.due_at, warn_at = c.warn_at, provisional = c.provisional, edition = c.edition, said = c.said, next_at = c.next_at
                from unnest(?::uuid[], ?::text[], ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::boolean[], ?::bigint[], ?::int[],
                  ?::text[]::timestamptz[]) as c (matter, name, due_at, warn_at, provisional, edition, said, next_at)
                where k.matter = c.matter and k.name = c.name
                """)
                .param(matters.toArray(UUID[]::new))
                .param(counted.stream().map(Running::name).toArray(String[]::new))
                .param(counted.stream().map(c -> c.dueAt().toString()).toArray(String[]::new))
                .param(counted.stream().map(c -> c.warnAt() == null ? null : c.warnAt().toString()).toArray(String[]::new))
                .param(counted.stream().map(Running::provisional).toArray(Boolean[]::new))
                .param(counted.stream().map(Running::edition).toArray(Long[]::new))
                .param(counted.stream().map(Running::said).toArray(Integer[]::new))
                .param(counted.stream().map(c -> c.nextAt() == null ? null : c.nextAt().toString()).toArray(String[]::new))
                .update();
    }

    @Override
    public Optional<Progress> progress() {
        return transactions.execute(_ -> jdbc.sql("""
                select counted, greatest(total, counted) as total, failed, moved_at, ended_at is not null or walk = 2 as done from matters.recount where edition > 0
                """).query((r, _) -> new Progress(r.getLong("counted"), r.getLong("total"), r.getLong("failed"), r.getBoolean("done"),
                r.getObject("moved_at", OffsetDateTime.class).toInstant())).optional());
    }
}
