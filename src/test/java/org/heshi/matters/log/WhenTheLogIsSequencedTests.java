package org.heshi.matters.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.Lives;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenTheLogIsSequencedTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterLog log;
    @Autowired
    Chains chains;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    @Qualifier("follower")
    JdbcClient follower;
    @Autowired
    TransactionTemplate transactions;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private List<Integer> positioned(UUID matter) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(
                "select seq from matters.position where matter = ? order by position").param(matter).query(Integer.class).list()));
    }

    private void await(UUID matter, int entries) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (positioned(matter).size() < entries && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        assertThat(positioned(matter)).hasSize(entries);
    }

    @Test
    void isCountedByWhatWasDrawnOutOfItAsByItsContents() {
        Answer.Done matter = hall.report();
        hall.done(new Actor.Resident(matter.matter(), 1), matter.matter(), "withdraw", Map.of(), 1);
        UUID first = new UUID(0, 0);
        UUID last = new UUID(-1, -1);

        List<Lives.Life> lives = context.getBean(Lives.class).between(first, last, false);

        assertThat(lives).extracting(Lives.Life::matter).contains(matter.matter());
        assertThat(lives).isEqualTo(context.getBean(Lives.class).between(first, last, true));
        List<String> told = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select coalesce(told, '?') from matters.entry where matter = ?")
                .param(matter.matter()).query(String.class).list()));
        assertThat(told).hasSize(2).doesNotContain("?");
    }

    @Test
    void givesNoPositionAheadOfATransactionThatStillWrites() throws Exception {
        Answer.Done a = hall.report();
        Answer.Done b = hall.report();
        await(b.matter(), 1);
        CountDownLatch wrote = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            // begins to write first and commits last, so its transaction id is the smaller one
            Future<?> slow = pool.submit(() -> Acting.run(hall.clerk, () -> transactions.executeWithoutResult(_ -> {
                hall.done(hall.clerk, a.matter(), "confirm", Map.of(), 1);
                wrote.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                hall.done(hall.dispatcher, b.matter(), "note", Map.of("note", "后写的"), 2);
            })));
            wrote.await();
            hall.done(hall.clerk, b.matter(), "confirm", Map.of(), 1);
            Thread.sleep(600);
            assertThat(positioned(b.matter())).as("nothing is given while an older transaction writes").containsExactly(1);
            goOn.countDown();
            slow.get();
        }
        await(b.matter(), 3);
        assertThat(positioned(b.matter())).containsExactly(1, 2, 3);
    }

    /** An older transaction writes behind a younger one on the same matter, while a third between them still goes on. */
    @Test
    void givesAnEntryThatCameAlongAheadOfItsTransactionNoSecondPosition() throws Exception {
        Answer.Done a = hall.report();
        Answer.Done b = hall.report();
        await(a.matter(), 1);
        await(b.matter(), 1);
        CountDownLatch wrote = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> older = pool.submit(() -> Acting.run(hall.clerk, () -> transactions.executeWithoutResult(_ -> {
                hall.done(hall.clerk, a.matter(), "confirm", Map.of(), 1);
                wrote.countDown();
                await(goOn);
                hall.done(hall.dispatcher, b.matter(), "note", Map.of("note", "后写的"), 2);
            })));
            wrote.await();
            Future<?> between = pool.submit(() -> Acting.run(hall.clerk, () -> transactions.executeWithoutResult(_ -> {
                jdbc.sql("select pg_current_xact_id()::text").query(String.class).single();
                began.countDown();
                await(end);
            })));
            began.await();
            hall.done(hall.clerk, b.matter(), "confirm", Map.of(), 1);
            goOn.countDown();
            older.get();
            await(b.matter(), 3);
            assertThat(ahead(b.matter())).as("its transaction is younger than the one that still goes on").containsExactly(2);
            end.countDown();
            between.get();
        }
        await(hall.report().matter(), 1);
        assertThat(ahead(b.matter())).isEmpty();
        assertThat(positioned(b.matter())).containsExactly(1, 2, 3);
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.empty(), w -> {
            if (w.what().startsWith("position")) {
                wrong.add(w);
            }
        }, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    private List<Integer> ahead(UUID matter) {
        return follower.sql("select seq from matters.position_ahead where matter = ?").param(matter).query(Integer.class).list();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givesFollowersEveryEntryOnceInOrderWithoutGaps() throws Exception {
        long from = log.head();
        List<UUID> made = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(pool.submit(() -> {
                    for (int n = 0; n < 5; n++) {
                        Answer.Done m = hall.report();
                        hall.done(hall.clerk, m.matter(), "confirm", Map.of(), 1);
                        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"), 2);
                        made.add(m.matter());
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        for (UUID matter : made) {
            await(matter, 3);
        }
        // as a follower reads: what others read a moment ago may come first, and not yet the newest
        List<LoggedEntry> entries = new ArrayList<>(log.after(from, 10_000));
        for (List<LoggedEntry> more = log.after(entries.getLast().position(), 10_000); !more.isEmpty(); more = log.after(entries.getLast().position(), 10_000)) {
            entries.addAll(more);
        }
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).position()).isEqualTo(from + i + 1);
        }
        for (UUID matter : made) {
            assertThat(entries.stream().filter(e -> e.matter().equals(matter)).map(LoggedEntry::seq)).containsExactly(1, 2, 3);
        }
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.empty(), w -> {
            if (w.number().isEmpty() || w.what().startsWith("position")) {
                wrong.add(w);
            }
        }, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void findsNothingWrongWithAMatterThatPeopleActOnMeanwhile() throws Exception {
        Answer.Done m = hall.report(Map.of());
        hall.done(hall.clerk, m.matter(), "confirm", Map.of(), 1);
        List<Chains.Wrong> wrong = new ArrayList<>();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<?> acting = one.submit(() -> {
                for (int version = 2; version < 152; version++) {
                    hall.done(hall.clerk, m.matter(), "note", Map.of("note", "第 " + version + " 次"), version);
                }
            });
            do {
                Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.of(m.number()), wrong::add, _ -> { }));
            } while (!acting.isDone());
            acting.get();
        }
        assertThat(wrong).isEmpty();
    }
}
