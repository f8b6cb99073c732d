package org.heshi.matters.log;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells who waits in this process that there is something new, so that they need not ask at short intervals. A hint and no promise: other processes
 * write too, and whoever waits asks now and then anyway.
 */
@Component
public class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rings = lock.newCondition();
    private long rung;

    /** When the transaction of now has been committed; nothing when it is taken back. */
    public void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ring();
            }
        });
    }

    void ring() {
        lock.lock();
        try {
            rung++;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often it rang; taken before one looks, so that no ring is missed. */
    long rung() {
        lock.lock();
        try {
            return rung;
        } finally {
            lock.unlock();
        }
    }

    /** Until it has rung more often than that, at most so long. */
    void await(long known, Duration most) {
        lock.lock();
        try {
            long left = most.toNanos();
            while (rung == known && left > 0) {
                left = rings.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
