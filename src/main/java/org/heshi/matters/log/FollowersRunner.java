package org.heshi.matters.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.heshi.matters.Follower;
import org.heshi.matters.FollowersWork;
import org.heshi.matters.LoggedEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the sequencer and every follower, each on its own thread, while the program serves. A failure is logged and tried again with a growing
 * pause; the log waits. Many processes may run: row locks let one at a time.
 */
@Component
@ConditionalOnWebApplication
class FollowersRunner implements SmartLifecycle, FollowersWork {

    private static final Logger LOG = LoggerFactory.getLogger(FollowersRunner.class);
    private static final int BATCH = 1_000;
    private static final Duration REST = Duration.ofMillis(150);
    /** After a round others get the machine four times as long as it took, so that what comes in meanwhile is one transaction and not ten. */
    private static final int GATHERING = 4;
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(500);
    /** A round that took so many says that much goes on: the next one waits as long as it may, since each costs a transaction and some ten questions. */
    private static final int MANY = 25;
    /** A follower whose rounds take so many waits twice as long; at that pace, some four hundred actions a second, nobody sees one second more. */
    private static final int VERY_MANY = 200;
    private static final Duration ASK_ANYWAY = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Sequencer sequencer;
    private final LogReader log;
    private final ObjectProvider<Follower> followers;
    /** Names of those that do not run; a bench leaves out what it does not measure. */
    private final Set<String> leftOut;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private volatile boolean running;
    private volatile long head = -1;
    private final Bell bell;
    private final Bell grown = new Bell();
    private volatile List<Thread> threads = List.of();
    private final Map<String, LongAdder> busy = new ConcurrentHashMap<>();

    FollowersRunner(Sequencer sequencer, LogReader log, ObjectProvider<Follower> followers, @Qualifier("follower") JdbcClient jdbc,
            @Qualifier("follower") TransactionTemplate transactions, Bell bell, @Value("${heshi.followers-left-out:}") Set<String> leftOut) {
        this.sequencer = sequencer;
        this.log = log;
        this.followers = followers;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.bell = bell;
        this.leftOut = Set.copyOf(leftOut);
    }

    @Override
    public void start() {
        running = true;
        List<Thread> started = new java.util.ArrayList<>();
        started.add(Thread.ofVirtual().name("sequencer").start(() -> loop("the sequencer", bell, Sequencer.MOST, this::sequence)));
        for (Follower follower : followers) {
            if (leftOut.contains(follower.name())) {
                continue;
            }
            started.add(Thread.ofVirtual().name("follower-" + follower.name()).start(new Following(follower)));
        }
        threads = List.copyOf(started);
    }

    /** The only question that is asked while nothing happens: one short statement. */
    private int sequence() {
        int given = sequencer.waiting() ? sequencer.sequence() : 0;
        long now = log.head();
        if (now != head) {
            head = now;
            grown.ring();
        }
        return given;
    }

    /** A follower asks the database only when the log has grown, and now and then in case another process was at it and stopped. */
    private final class Following implements Runnable {

        private final Follower follower;
        private long seen = -1;
        private long askedAt;
        private boolean entered;

        Following(Follower follower) {
            this.follower = follower;
        }

        /** A place in the table of positions, but for one that keeps its own: its row there would stand at the beginning for ever. */
        private void enter() {
            if (follower.ownPosition().isEmpty()) {
                jdbc.sql("insert into matters.follower (name) values (?) on conflict do nothing").param(follower.name()).update();
            }
            entered = true;
        }

        @Override
        public void run() {
            loop("the follower " + follower.name(), grown, BATCH, () -> {
                if (!entered) {
                    enter();
                }
                long now = head;
                if (now == seen && System.nanoTime() - askedAt < ASK_ANYWAY.toNanos()) {
                    return 0;
                }
                askedAt = System.nanoTime();
                int taken = follow(follower);
                if (taken == 0) {
                    seen = now;
                }
                return taken;
            });
        }
    }

    private interface Step {
        int take() throws Exception;
    }

    /**
     * @param full what a round takes that may have left something: the next one follows at once
     */
    private void loop(String who, Bell bell, int full, Step step) {
        int failures = 0;
        LongAdder spent = busy.computeIfAbsent(who, _ -> new LongAdder());
        while (running) {
            try {
                long rung = bell.rung();
                long from = System.nanoTime();
                int taken = step.take();
                long took = System.nanoTime() - from;
                failures = 0;
                if (taken > 0) {
                    spent.add(took);
                }
                if (taken == 0) {
                    bell.await(rung, REST);
                } else if (taken < full) {
                    long longest = LONGEST_GATHERING.toNanos();
                    LockSupport.parkNanos(taken >= VERY_MANY ? 2 * longest : taken >= MANY ? longest : Math.min(longest, GATHERING * took));
                }
            } catch (Exception e) {
                if (!running) {
                    return;
                }
                failures++;
                LOG.error("{} failed and tries again (failure {})", who, failures, e);
                long pause = Math.min(LONGEST_PAUSE.toMillis(), 200L << Math.min(failures, 10));
                LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
            }
        }
    }

    /** One batch for one follower. @return how many entries it took */
    int follow(Follower follower) {
        OptionalLong own = follower.ownPosition();
        if (own.isPresent()) {
            List<LoggedEntry> batch = log.after(own.getAsLong(), BATCH);
            if (!batch.isEmpty()) {
                transactions.executeWithoutResult(_ -> follower.follow(batch));
            }
            return batch.size();
        }
        Integer taken = transactions.execute(_ -> {
            // what a follower asks goes by keys and is the same in every round: it is planned once for a connection
            var position = jdbc.sql("select position, set_config('plan_cache_mode', 'force_generic_plan', true) from matters.follower where name = ? for update skip locked")
                    .param(follower.name()).query((r, _) -> r.getLong(1)).optional();
            if (position.isEmpty()) {
                return 0;
            }
            List<LoggedEntry> batch = log.after(position.get(), BATCH);
            if (batch.isEmpty()) {
                return 0;
            }
            follower.follow(batch);
            jdbc.sql("update matters.follower set position = ? where name = ?").param(batch.getLast().position()).param(follower.name()).update();
            return batch.size();
        });
        return taken == null ? 0 : taken;
    }

    @Override
    public Map<String, Duration> busy() {
        return busy.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, part -> Duration.ofNanos(part.getValue().sum())));
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        grown.ring();
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
