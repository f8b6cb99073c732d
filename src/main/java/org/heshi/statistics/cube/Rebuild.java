package org.heshi.statistics.cube;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.heshi.divisions.Level;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Lives;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.statistics.Recount;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts everything anew from the log, while acts go on: first each matter's row, some thousands at a time, two readers side by side; then the cells from these
 * rows, in one transaction during which the follower waits and readers see the old ones.
 */
@Component
class Rebuild implements Recount {

    private static final UUID FIRST = new UUID(0, 0);
    private static final int CHUNK = 4_000;
    /** When the contents are read, too: so many at a time need little memory. */
    private static final int WHOLE = 1_000;
    private static final int READERS = 2;
    private static final int PATIENCE = 20;

    private final Lives lives;
    private final MatterLog log;
    private final KeptCells kept;
    private final CellWords words;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Rebuild(Lives lives, MatterLog log, KeptCells kept, CellWords words, @Qualifier("follower") JdbcClient jdbc,
            @Qualifier("follower") TransactionTemplate transactions, InstantSource clock) {
        this.lives = lives;
        this.log = log;
        this.kept = kept;
        this.words = words;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public long about() {
        return lives.about();
    }

    @Override
    public Outcome run(boolean mend, LongConsumer progress) {
        AtomicLong matters = new AtomicLong();
        AtomicLong entries = new AtomicLong();
        AtomicLong wrong = new AtomicLong();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<?>> open = new ArrayList<>();
            int chunk = mend ? CHUNK : WHOLE;
            Optional<UUID> upTo = lives.next(FIRST, chunk);
            for (UUID after = FIRST; upTo.isPresent(); after = upTo.get(), upTo = lives.next(after, chunk)) {
                UUID begin = after;
                UUID end = upTo.get();
                open.add(readers.submit(() -> {
                    long[] seen = chunk(begin, end, mend);
                    matters.addAndGet(seen[0]);
                    entries.addAndGet(seen[1]);
                    wrong.addAndGet(seen[2]);
                    progress.accept(seen[0]);
                }));
                if (open.size() > 4 * READERS) {
                    get(open.removeFirst());
                }
            }
            open.forEach(Rebuild::get);
        }
        long cells;
        try (TownByTown towns = new TownByTown(words, jdbc, transactions)) {
            cells = Objects.requireNonNull(transactions.execute(_ -> {
                kept.lock();
                kept.roll();
                return cells(towns, mend);
            }));
        }
        return new Outcome(matters.get(), entries.get(), wrong.get(), cells);
    }

    private static void get(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads without the lock, so that both readers work; what the follower counted meanwhile it counted at least as new, and is left alone. */
    private long[] chunk(UUID after, UUID upTo, boolean mend) {
        long before = position();
        List<Lives.Life> read = lives.between(after, upTo, !mend);
        long entries = read.stream().mapToLong(life -> life.steps().size()).sum();
        List<Counted> told = read.stream().map(Counted::of).toList();
        Set<UUID> doubtful = new HashSet<>();
        long wrong = Objects.requireNonNull(transactions.execute(_ -> {
            kept.lock();
            Set<UUID> touched = touched(before, position());
            Map<UUID, Counted> known = kept.lives(after, upTo);
            List<Counted> fresh = new ArrayList<>();
            List<Counted> changed = new ArrayList<>();
            Set<UUID> gone = new HashSet<>(known.keySet());
            for (Counted now : told) {
                gone.remove(now.matter());
                Counted was = known.get(now.matter());
                if (!touched.contains(now.matter()) && !now.equals(was)) {
                    (was == null ? fresh : changed).add(now);
                }
            }
            gone.removeAll(touched);
            if (mend) {
                // no COPY: PostgreSQL refuses it where rows are guarded
                Set<String> codes = KeptCells.words(fresh);
                codes.addAll(KeptCells.words(changed));
                if (words.given(codes).isPresent()) {
                    // what is lost when the machine stops is counted anew with the rest; the transaction of the cells keeps all that came before it
                    jdbc.sql("set local synchronous_commit = off").update();
                } else {
                    // a number must stay as soon as somebody may have seen it
                    words.numbers(codes);
                }
                kept.addLives(fresh);
                kept.keep(changed);
                kept.drop(gone);
                return (long) fresh.size() + changed.size() + gone.size();
            }
            fresh.forEach(one -> doubtful.add(one.matter()));
            changed.forEach(one -> doubtful.add(one.matter()));
            doubtful.addAll(gone);
            return 0L;
        }));
        return new long[] {read.size(), entries, wrong + differing(doubtful)};
    }

    /** Those that still differ when the follower had time to come to what was just written. */
    private long differing(Set<UUID> doubtful) {
        for (int i = 0; i < PATIENCE && !doubtful.isEmpty(); i++) {
            if (i > 0) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
            transactions.executeWithoutResult(_ -> {
                kept.lock();
                Map<UUID, Counted> known = kept.lives(doubtful);
                Map<UUID, Counted> told = new HashMap<>();
                lives.of(doubtful).forEach(life -> told.put(life.matter(), Counted.of(life)));
                doubtful.removeIf(matter -> Objects.equals(known.get(matter), told.get(matter)));
            });
        }
        return doubtful.size();
    }

    private long position() {
        return jdbc.sql("select position from statistics.counted").query(Long.class).single();
    }

    private Set<UUID> touched(long after, long upTo) {
        Set<UUID> touched = new HashSet<>();
        for (long from = after; from < upTo;) {
            List<LoggedEntry> some = log.after(from, 2_000);
            if (some.isEmpty()) {
                break;
            }
            some.stream().filter(entry -> entry.position() <= upTo).map(LoggedEntry::matter).forEach(touched::add);
            from = some.getLast().position();
        }
        return touched;
    }

    // ---- cells

    private long cells(TownByTown towns, boolean mend) {
        Summing summing = new Summing(mend);
        if (mend) {
            jdbc.sql("delete from statistics.cube").update();
        }
        towns.each(summing::summed);
        summing.end();
        return summing.wrong;
    }

    /**
     * Goes through all places in the order of their codes and holds unpacked the cells of one town only. A place is whole when the next one lies outside; then it is
     * written, or compared, and added to the one above.
     */
    final class Summing {

        private static final int ROWS = 10_000;

        private final boolean mend;
        private final LocalDate month = CivilTime.dateOf(clock.instant()).withDayOfMonth(1);
        /** Packed parts of the places that are not whole yet: each code begins with the one before it. */
        private final TreeMap<String, Map<Changes.At, List<KeptCells.Packed>>> places = new TreeMap<>();
        /** Packed parts of units, which are whole at the end: theirs lie in any place. */
        private final Map<String, Map<Changes.At, List<KeptCells.Packed>>> units = new HashMap<>();
        private final List<KeptCells.Packed> ready = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final List<Counted> some = new ArrayList<>();
        private String town = "";
        private Changes sums = new Changes(Map.of());
        private long wrong;

        Summing(boolean mend) {
            this.mend = mend;
        }

        void take(Counted one) {
            String at = Changes.town(one.place());
            if (!at.equals(town)) {
                leave();
                town = at;
            }
            some.add(one);
            if (some.size() == 2_000) {
                count();
            }
        }

        private void count() {
            sums.learn(words.numbers(KeptCells.words(some)));
            some.forEach(one -> sums.add(one, 1));
            some.clear();
        }

        private void leave() {
            count();
            summed(town, KeptCells.packed(sums));
            sums = new Changes(Map.of());
        }

        /** The next town's own cells are whole; its units may have more elsewhere. */
        void summed(String next, List<KeptCells.Packed> rows) {
            // one after the other: a place that becomes whole may be the first part of the one above it, which must not be whole before
            while (!places.isEmpty() && !next.startsWith(places.lastKey())) {
                whole(places.lastKey());
            }
            rows.forEach(this::part);
            if (!rows.isEmpty() && next.length() == Level.TOWN.digits()) {
                whole(next);
            }
        }

        private void part(KeptCells.Packed row) {
            of(row.at().whose()).computeIfAbsent(row.at().whose(), _ -> new HashMap<>()).computeIfAbsent(row.at(), _ -> new ArrayList<>()).add(row);
        }

        private Map<String, Map<Changes.At, List<KeptCells.Packed>>> of(String whose) {
            return Changes.unit(whose) ? units : places;
        }

        private void whole(String whose) {
            Map<Changes.At, List<KeptCells.Packed>> of = Objects.requireNonNull(of(whose).remove(whose));
            Changes months = new Changes(Map.of());
            List<KeptCells.Packed> rows = new ArrayList<>();
            months.at(whose, 'o', Changes.NOW);
            of.forEach((at, some) -> {
                KeptCells.Packed row = some.size() == 1 ? some.getFirst() : sum(at, some);
                rows.add(row);
                if (at.grain() == 'd') {
                    months.add(new KeptCells.Packed(new Changes.At(whose, 'm', at.first().withDayOfMonth(1)), row.matters(), row.units(), row.hours()), whose);
                }
            });
            String above = Changes.above(whose).stream().findFirst().orElse("");
            if (!above.isEmpty()) {
                rows.forEach(row -> part(new KeptCells.Packed(new Changes.At(above, row.at().grain(), row.at().first()), row.matters(), row.units(), row.hours())));
            }
            months.rows.forEach((at, row) -> {
                if (at.grain() == 'm' || !of.containsKey(at)) {
                    rows.add(new KeptCells.Packed(at, row.matters.packed(), row.units.packed(), row.hours.packed()));
                }
            });
            seen.add(whose);
            if (mend) {
                ready.addAll(rows);
                if (ready.size() > ROWS) {
                    write();
                }
            } else {
                wrong += differing(whose, rows);
            }
        }

        private static KeptCells.Packed sum(Changes.At at, List<KeptCells.Packed> some) {
            Changes sum = new Changes(Map.of());
            some.forEach(one -> sum.add(one, at.whose()));
            Changes.Row row = sum.at(at.whose(), at.grain(), at.first());
            return new KeptCells.Packed(at, row.matters.packed(), row.units.packed(), row.hours.packed());
        }

        private void write() {
            Map<Boolean, List<KeptCells.Packed>> stale = ready.stream().collect(Collectors.partitioningBy(row -> row.at().grain() == 'm' && !row.at().first().isBefore(month)));
            kept.add(stale.get(false));
            kept.stale(stale.get(true).stream().map(KeptCells.Packed::at).toList());
            ready.clear();
        }

        private long differing(String whose, List<KeptCells.Packed> rows) {
            Map<Changes.At, KeptCells.Packed> wanted = new HashMap<>();
            rows.stream().filter(row -> !row.nothing()).forEach(row -> wanted.put(row.at(), row));
            long[] wrong = {0};
            jdbc.sql("select whose, grain, first, stale, matters, units, hours, net::bigint from statistics.cube where whose = ?").param(whose).query(r -> {
                KeptCells.Packed there = KeptCells.packed(r, r.getObject("net", Long.class));
                KeptCells.Packed should = wanted.remove(there.at());
                if (r.getBoolean("stale")) {
                    return;
                }
                boolean same = should == null ? there.nothing() : Arrays.equals(should.matters(), there.matters()) && Arrays.equals(should.units(), there.units())
                        && Arrays.equals(should.hours(), there.hours());
                same &= there.net() == null || there.net() == Cells.net(should == null ? Cells.NOTHING : should.matters(), there.at().grain() == 'o');
                wrong[0] += same ? 0 : 1;
            });
            return wrong[0] + wanted.size();
        }

        private void wholeDownTo(int digits) {
            while (!places.isEmpty() && places.lastKey().length() >= digits) {
                whole(places.lastKey());
            }
            List.copyOf(units.keySet()).forEach(this::whole);
        }

        /** One county and its units, and nothing of what lies above. */
        void county() {
            leave();
            wholeDownTo(Level.COUNTY.digits());
            write();
        }

        void end() {
            leave();
            wholeDownTo(0);
            if (mend) {
                write();
            } else {
                wrong += jdbc.sql("""
                        select count(*) from statistics.cube where whose <> all (?) and octet_length(matters) + octet_length(units) + octet_length(hours) > 0
                        """).param(seen.toArray(String[]::new)).query(Long.class).single();
            }
        }
    }
}
