package org.heshi.bench.year;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.heshi.boot.database.Server;
import org.springframework.context.ApplicationContext;

/** How far the figures are behind what was done, in real seconds: looked at four times a second. */
final class Behind {

    /** @param entries that were committed by then */
    private record Seen(long nanos, long entries) {
    }

    private final Connection owner;
    private final Deque<Seen> seen = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile double most;
    private volatile boolean level;

    Behind(ApplicationContext context) throws SQLException {
        owner = context.getBean(Server.class).connectAsOwner();
        thread = Thread.ofPlatform().name("behind").daemon().start(this::watch);
    }

    private void watch() {
        try (var statement = owner.createStatement()) {
            while (!ended) {
                long now = System.nanoTime();
                long entries;
                long counted;
                // what waits for the sequencer is behind as well: its newest transaction is compared with the newest entry's
                try (var row = statement.executeQuery("""
                        select (select position from matters.sequencer)
                                 + coalesce((select count(*) from matters.entry e where e.xid > (select xid from matters.sequencer)), 0),
                               (select position from matters.follower where name = 'figures')""")) {
                    row.next();
                    entries = row.getLong(1);
                    counted = row.getLong(2);
                }
                seen.addLast(new Seen(now, entries));
                while (!seen.isEmpty() && seen.peekFirst().entries() <= counted) {
                    seen.removeFirst();
                }
                level = seen.isEmpty();
                most = seen.isEmpty() ? most : Math.max(most, (now - seen.peekFirst().nanos()) / 1e9);
                Thread.sleep(250);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    double most() {
        return most;
    }

    /** Waits until everything is counted. */
    void caughtUp() throws InterruptedException, SQLException {
        Thread.sleep(600);
        while (!level) {
            Thread.sleep(50);
        }
        ended = true;
        thread.join();
        owner.close();
    }
}
