package org.heshi.divisions.finding;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.heshi.divisions.Division;
import org.heshi.divisions.Level;
import org.heshi.divisions.Pinyin;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds places by what a person types. The names are kept in memory (65 bytes a place) only to propose: every answer is read from the
 * register, and the register's edition is asked for with every search, so that a process that sleeps over a change of another one
 * still answers rightly. Few changes are taken up at once, a whole new edition of the divisions in the background.
 */
@Component
public class Finder {

    private static final Logger LOG = LoggerFactory.getLogger(Finder.class);
    /** So many are laid while the person waits. */
    private static final int FEW = 5_000;
    /** The register refuses some proposals (renamed, ended, not yet standing); so many more are asked for. */
    private static final int SPARE = 10;

    private final JdbcClient jdbc;
    private final Pinyin pinyin;
    private final InstantSource clock;
    private final TransactionTemplate transactions;
    private final ReentrantLock laying = new ReentrantLock();
    private final AtomicBoolean layingAnew = new AtomicBoolean();
    private volatile @Nullable Snapshot snapshot;

    Finder(JdbcClient jdbc, Pinyin pinyin, InstantSource clock, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.pinyin = pinyin;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** As {@link org.heshi.divisions.Divisions#search}. */
    public List<Division> search(String typed, String within, int limit) {
        List<Word> words = Word.in(typed);
        if (words.isEmpty() || limit < 1 || !within.isEmpty() && !within.matches("[1-9][0-9]{1,16}")) {
            return List.of();
        }
        Snapshot names = names();
        int wanted = limit + SPARE;
        while (true) {
            List<Snapshot.Proposal> proposals = names.propose(words, within, wanted);
            List<Division> standing = standing(proposals);
            if (standing.size() >= limit || proposals.size() < wanted) {
                return standing.size() > limit ? List.copyOf(standing.subList(0, limit)) : standing;
            }
            wanted *= 4;
        }
    }

    /** Lays the names now, so that the first search need not wait. */
    public void warm() {
        names();
    }

    /** Those that the register knows today under that code and that name, in the same order. */
    private List<Division> standing(List<Snapshot.Proposal> proposals) {
        if (proposals.isEmpty()) {
            return List.of();
        }
        LocalDate today = CivilTime.dateOf(clock.instant());
        Map<String, Division> known = new HashMap<>();
        short[] levels = new short[proposals.size()];
        String[] codes = new String[proposals.size()];
        for (int i = 0; i < codes.length; i++) {
            levels[i] = (short) (proposals.get(i).level().ordinal() + 1);
            codes[i] = Long.toString(proposals.get(i).code());
        }
        jdbc.sql("""
                        select s.division, s.code, s.name
                        from unnest(?::smallint[], ?::text[]) as wanted (level, code)
                        join divisions.standing s on s.level = wanted.level and s.code = wanted.code collate "C"
                        where s.valid_from <= ? and ? < s.valid_to
                        """)
                .params(levels, codes, today, today)
                .query((r, n) -> new Division(r.getObject(1, UUID.class), r.getString(2), Level.of(r.getString(2)), r.getString(3)))
                .list().forEach(d -> known.put(d.code(), d));
        List<Division> answer = new ArrayList<>();
        for (Snapshot.Proposal proposal : proposals) {
            Division division = known.get(Long.toString(proposal.code()));
            if (division != null && Segment.fold(division.name()).equals(proposal.name())) {
                answer.add(division);
                known.remove(division.code());
            }
        }
        return answer;
    }

    private Snapshot names() {
        long edition = jdbc.sql("select number from divisions.edition").query(Long.class).single();
        Snapshot now = snapshot;
        if (now != null && now.edition() >= edition) {
            return now;
        }
        laying.lock();
        try {
            now = snapshot;
            if (now == null) {
                return snapshot = layAll();
            }
            if (now.edition() >= edition) {
                return now;
            }
            List<Segment> since = lay(now.laid(), FEW + 1);
            if (since.stream().mapToInt(Segment::size).sum() <= FEW) {
                return snapshot = new Snapshot(edition, now.laid(), now.great(), since);
            }
        } finally {
            laying.unlock();
        }
        layAnew();
        return now;
    }

    /** A whole new edition came: answers from the old names until the new ones are laid, a second or two later. */
    private void layAnew() {
        if (layingAnew.compareAndSet(false, true)) {
            Thread.ofVirtual().name("places").start(() -> {
                try {
                    snapshot = layAll();
                } catch (RuntimeException e) {
                    LOG.error("the names of the places could not be laid anew; the next search tries again", e);
                } finally {
                    layingAnew.set(false);
                }
            });
        }
    }

    private Snapshot layAll() {
        // first the number, then the rows: what comes between is laid twice and harms nobody
        long edition = jdbc.sql("select number from divisions.edition").query(Long.class).single();
        return new Snapshot(edition, edition, lay(-1, Integer.MAX_VALUE), List.of());
    }

    private List<Segment> lay(long after, int atMost) {
        Map<Level, List<Segment.Row>> rows = new EnumMap<>(Level.class);
        Arrays.stream(Level.values()).forEach(level -> rows.put(level, new ArrayList<>()));
        LocalDate today = CivilTime.dateOf(clock.instant());
        // in a transaction, because only there the driver fetches by parts
        transactions.executeWithoutResult(tx -> jdbc.sql("select level, code::bigint, name from divisions.standing where edition > ? and ? < valid_to limit ?")
                .params(after, today, atMost)
                .withFetchSize(10_000)
                .query((r, n) -> rows.get(Level.values()[r.getInt(1) - 1]).add(new Segment.Row(r.getLong(2), r.getString(3))))
                .list());
        List<Segment> segments = new ArrayList<>();
        rows.forEach((level, list) -> {
            list.sort((a, b) -> Long.compare(a.code(), b.code()));
            segments.add(Segment.of(level, list, pinyin));
        });
        return segments;
    }
}
