package org.heshi.matters.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Limit;
import org.heshi.matters.LimitListener;
import org.heshi.matters.LimitListener.Stage;
import org.heshi.matters.LimitListener.Word;
import org.heshi.matters.MattersSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives word of limits that are nearly over or over: oldest first, each in one transaction with what is told, so that none is missed and none is
 * told twice, whoever is killed and however many processes run. Some words share a transaction; where one of them fails, each gets its own.
 * What a round costs grows with what is due, not with what is open.
 */
@Component
public class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int BATCH = 200;
    /** Whoever acts on a matter waits as long as a word of it is being given, so few share a transaction. */
    private static final int TOGETHER = 10;
    /** A word that failed waits so long; the others do not wait for it. */
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ObjectProvider<LimitListener> listeners;
    private final Clocks clocks;
    private final Recount recount;
    private final Calendar calendar;
    private final MattersSettings settings;
    private final InstantSource clock;
    private volatile @Nullable List<LimitListener> heard;

    Watch(@Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions, ObjectProvider<LimitListener> listeners,
            Clocks clocks, Recount recount, Calendar calendar, MattersSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.listeners = listeners;
        this.clocks = clocks;
        this.recount = recount;
        this.calendar = calendar;
        this.settings = settings;
        this.clock = clock;
    }

    private record Key(UUID matter, String name, int run) {
    }

    /** Gives every word that is due now, one batch of it. @return how many were due */
    public int round() {
        Instant now = clock.instant();
        List<Key> due = jdbc.sql("select matter, name, run from matters.clock where next_at <= ? order by next_at limit ?")
                .param(now.atOffset(ZoneOffset.UTC)).param(BATCH)
                .query((r, _) -> new Key(r.getObject("matter", UUID.class), r.getString("name"), r.getInt("run"))).list();
        for (int from = 0; from < due.size(); from += TOGETHER) {
            List<Key> some = due.subList(from, Math.min(due.size(), from + TOGETHER));
            try {
                transactions.executeWithoutResult(_ -> some.forEach(key -> give(key, now)));
            } catch (RuntimeException e) {
                some.forEach(key -> alone(key, now));
            }
        }
        return due.size();
    }

    private void alone(Key key, Instant now) {
        try {
            transactions.executeWithoutResult(_ -> give(key, now));
        } catch (RuntimeException e) {
            LOG.error("word of the limit {} of the matter {} failed and is given again in {}", key.name(), key.matter(), AGAIN, e);
            jdbc.sql("update matters.clock set next_at = ? where matter = ? and name = ? and run = ? and next_at <= ?")
                    .param(now.plus(AGAIN).atOffset(ZoneOffset.UTC)).param(key.matter()).param(key.name()).param(key.run())
                    .param(now.atOffset(ZoneOffset.UTC)).update();
        }
    }

    /** They need the watch's own room to be there, so they are looked up when the first word is given, and once: to look them up costs as much as a word. */
    private List<LimitListener> heard() {
        List<LimitListener> known = heard;
        if (known == null) {
            heard = known = listeners.orderedStream().toList();
        }
        return known;
    }

    private void give(Key key, Instant now) {
        Optional<Running> locked = jdbc.sql("""
                select c.*, set_config('plan_cache_mode', 'force_generic_plan', true) from (
                  select * from matters.clock where matter = ? and name = ? and run = ? and next_at <= ? for update skip locked) c
                """).param(key.matter()).param(key.name()).param(key.run()).param(now.atOffset(ZoneOffset.UTC)).query((r, _) -> Running.of(r)).optional();
        if (locked.isEmpty()) {
            // another process gave it, or an action stopped the clock meanwhile
            return;
        }
        Running c = locked.get();
        if (c.edition() < calendar.edition()) {
            // a limit that a new notice moves is not over before it was counted again
            c = recount.afresh(c);
            recount.write(List.of(key.matter()), List.of(c));
            if (c.nextAt() == null || now.isBefore(c.nextAt())) {
                return;
            }
        }
        Stage stage = stage(c, now);
        Word word = new Word(key.matter(), c.name(), c.run(), stage, c.relation(), Optional.ofNullable(c.unit()), c.dueAt(), now);
        heard().forEach(listener -> listener.hear(word));
        Instant next = clocks.next(c, stage);
        jdbc.sql("update matters.clock set said = ?, next_at = ?::timestamptz where matter = ? and name = ? and run = ?").param(stage.ordinal() + 1)
                .param(next == null ? null : next.toString())
                .param(key.matter()).param(key.name()).param(key.run()).update();
    }

    /** The next one after what was said; what is over already needs no warning that it will be. */
    private static Stage stage(Running c, Instant now) {
        Stage next = Stage.values()[Math.min(c.said(), Stage.values().length - 1)];
        return next == Stage.SOON && (c.warnAt() == null || !now.isBefore(c.dueAt())) ? Stage.OVER : next;
    }
}
