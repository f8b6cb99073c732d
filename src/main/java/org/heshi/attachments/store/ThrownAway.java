package org.heshi.attachments.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.MatterLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Throws away what no entry named within a day, once an hour, in one process at a time. Never while the log has been read only in part: a file
 * might be named by what was not read yet.
 */
@Component
@ConditionalOnWebApplication
class ThrownAway implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ThrownAway.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** Any number of our own, the same in every process. */
    private static final long LOCK = 0x4865_7368_6946_696CL;
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Folder folder;
    private final MatterLog log;
    private final InstantSource clock;
    private volatile boolean running;
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> { });

    ThrownAway(JdbcClient jdbc, TransactionTemplate transactions, Folder folder, MatterLog log, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.folder = folder;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("unnamed-files").start(() -> {
            while (running) {
                LockSupport.parkNanos(EVERY.toNanos());
                if (running) {
                    try {
                        while (sweep() == AT_ONCE) {
                            LOG.info("{} unnamed files thrown away, more to come", AT_ONCE);
                        }
                    } catch (RuntimeException e) {
                        LOG.error("unnamed files could not be thrown away; the next try is in {}", EVERY, e);
                    }
                }
            }
        });
    }

    /** Throws away a first lot. @return how many */
    int sweep() {
        return Acting.as(new Actor.Machine("attachments"), () -> {
            long head = log.head();
            Integer gone = transactions.execute(_ -> {
                boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(?)").param(LOCK).query(Boolean.class).single();
                if (!mine || jdbc.sql("select position from attachments.reading").query(Long.class).single() < head) {
                    return 0;
                }
                Instant before = clock.instant().minus(KeptFiles.UNNAMED);
                List<UUID> unnamed = jdbc.sql("""
                        select id from attachments.file where not named and touched_at < ? order by touched_at limit ? for update skip locked
                        """).params(before.atOffset(ZoneOffset.UTC), AT_ONCE).query(UUID.class).list();
                for (UUID id : unnamed) {
                    try {
                        folder.delete(id);
                    } catch (IOException e) {
                        throw new UncheckedIOException("an unnamed file could not be deleted", e);
                    }
                }
                jdbc.sql("delete from attachments.file where id = any (?) and not named").param(unnamed.toArray(UUID[]::new)).update();
                return unnamed.size();
            });
            return gone == null ? 0 : gone;
        });
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
