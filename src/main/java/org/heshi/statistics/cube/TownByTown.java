package org.heshi.statistics.cube;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.heshi.divisions.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sums what single matters count as, town after town, by two: who asks, and a helper on a connection of its own. The helper has its connection before the figures are locked,
 * for whoever waits for them then may hold the last one. It writes nothing; where a code has no number yet, who asks sums that town itself.
 */
final class TownByTown implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TownByTown.class);
    /** So many towns are summed at most before those in front of them were handed on. */
    private static final int AHEAD = 16;
    private static final int SOME = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CellWords words;
    private final JdbcClient jdbc;
    private final CompletableFuture<List<Town>> towns = new CompletableFuture<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final Semaphore ahead = new Semaphore(AHEAD);
    private final CountDownLatch there = new CountDownLatch(1);
    private final Thread helper;

    /** A town, or a place above where matters stand themselves. */
    private record Town(String code, CompletableFuture<Optional<List<KeptCells.Packed>>> sums) {
    }

    TownByTown(CellWords words, JdbcClient jdbc, TransactionTemplate transactions) {
        this.words = words;
        this.jdbc = jdbc;
        this.helper = Thread.ofPlatform().name("towns of figures").daemon().start(() -> {
            try {
                transactions.executeWithoutResult(_ -> help());
            } catch (RuntimeException e) {
                LOG.warn("towns are summed without a helper", e);
            }
        });
        try {
            there.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Hands on each town's cells in the order of their codes. Who calls holds the lock on what is counted. */
    void each(BiConsumer<String, List<KeptCells.Packed>> each) {
        List<Town> all = codes().stream().map(code -> new Town(code, new CompletableFuture<>())).toList();
        towns.complete(all);
        for (Town next : all) {
            while (!next.sums().isDone() && ahead.tryAcquire() && take(all, this::numbered)) {
                // another one ahead
            }
            each.accept(next.code(), next.sums().join().or(() -> sum(next.code(), this::numbered)).orElseThrow());
            ahead.release();
        }
    }

    private Optional<Map<String, Integer>> numbered(Collection<String> codes) {
        return Optional.of(words.numbers(codes));
    }

    private void help() {
        there.countDown();
        try {
            List<Town> all = towns.join();
            do {
                ahead.acquire();
            } while (take(all, words::given));
        } catch (InterruptedException | CancellationException e) {
            LOG.debug("helped no longer", e);
        }
    }

    /** Sums the first one that nobody has taken. @return whether there was one */
    private boolean take(List<Town> all, Function<Collection<String>, Optional<Map<String, Integer>>> numbers) {
        int next = taken.getAndIncrement();
        if (next >= all.size()) {
            return false;
        }
        Town town = all.get(next);
        try {
            town.sums().complete(sum(town.code(), numbers));
        } catch (RuntimeException e) {
            town.sums().completeExceptionally(e);
        }
        return true;
    }

    private List<String> codes() {
        return jdbc.sql("""
                with recursive one as (
                  (select left(place, :digits) as code from statistics.life order by place limit 1)
                  union all
                  select (select left(place, :digits) from statistics.life where place > case length(one.code) when :digits then one.code || ':' else one.code end order by place limit 1)
                  from one where one.code is not null)
                select code from one where code is not null
                """).param("digits", Level.TOWN.digits()).query(String.class).list();
    }

    private Optional<List<KeptCells.Packed>> sum(String code, Function<Collection<String>, Optional<Map<String, Integer>>> numbers) {
        Changes sums = new Changes(Map.of());
        List<Counted> some = new ArrayList<>();
        try (Stream<Counted> lives = jdbc.sql(KeptCells.LIVES + "where not apart and place >= ? and place <= ?").param(code)
                .param(code.length() == Level.TOWN.digits() ? code + ":" : code).withFetchSize(SOME).query(KeptCells::life).stream()) {
            for (var all = lives.iterator(); all.hasNext();) {
                some.add(all.next());
                if (some.size() == SOME || !all.hasNext()) {
                    Optional<Map<String, Integer>> known = numbers.apply(KeptCells.words(some));
                    if (known.isEmpty()) {
                        return Optional.empty();
                    }
                    sums.learn(known.get());
                    some.forEach(one -> sums.add(one, 1));
                    some.clear();
                }
            }
        }
        return Optional.of(KeptCells.packed(sums));
    }

    @Override
    public void close() {
        towns.cancel(false);
        helper.interrupt();
        try {
            helper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
