package org.heshi.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.WholeLog;
import org.heshi.proof.head.Heads;
import org.heshi.proof.note.TreeHead;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What followers do is done a little later. */
final class ProofWaits {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private ProofWaits() {
    }

    static void until(BooleanSupplier done) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not done within " + LONGEST);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    static void until(ApplicationContext context, MatterNumber number, int seq) {
        WholeLog log = context.getBean(WholeLog.class);
        until(() -> log.placed(number, seq).filter(placed -> placed.position().isPresent()).isPresent());
        untilTheTreeHasAll(context);
    }

    /** Every entry has its position, and the tree every position. */
    static void untilTheTreeHasAll(ApplicationContext context) {
        JdbcClient follower = context.getBean("followerJdbc", JdbcClient.class);
        until(() -> follower.sql("select (select count(*) from matters.entry) = (select size from proof.tree)").query(Boolean.class).single());
    }

    /** A head over all that was done, signed when a new hour has begun. */
    static TreeHead.Signed signed(ApplicationContext context) {
        Heads heads = context.getBean(Heads.class);
        untilTheTreeHasAll(context);
        Instant last = heads.newest().map(head -> head.head().at()).orElse(Instant.EPOCH);
        MovedTime.at(last.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)), () -> until(() -> heads.sign() || heads.newest().filter(head -> head.head().at()
                .isAfter(last)).isPresent()));
        return heads.newest().orElseThrow();
    }
}
