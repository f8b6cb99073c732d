package org.heshi.bench.proof;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.boot.database.Server;
import org.heshi.kernel.Bench;
import org.heshi.matters.Chains;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.TreeProof;
import org.heshi.matters.generate.ManyLives;
import org.heshi.proof.Proofs;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The proof of the whole log against one cursor over the same rows that hashes their bytes, and the proof of one entry. No program runs beside it. */
@Component
class ProofBench implements Bench {

    private static final String COUNTY = "330681";
    private static final int BATCH = 2_000;
    private static final int ASKED = 2_000;

    private static final List<String> LOG = List.of("""
            select r.first + u.n - 1, m.number, u.seq, e.packed
            from matters.position_row r cross join lateral unnest(r.matters, r.seqs) with ordinality as u (matter, seq, n)
            join matters.entry e on e.matter = u.matter and e.seq = u.seq join matters.matter m on m.id = u.matter
            order by r.first, u.n""");
    private static final List<String> ROWS = List.of("select * from matters.matter order by id", "select * from matters.entry order by matter, seq",
            "select * from matters.particular order by matter, field, seq, ordinal");

    private final Server server;
    private final ManyLives many;
    private final MatterLog log;
    private final Follower tree;
    private final TransactionTemplate follower;
    private final Proofs proofs;
    private final TreeProof whole;
    private final Chains chains;
    private final InstantSource clock;

    ProofBench(Server server, ManyLives many, MatterLog log, List<Follower> followers,
            @Qualifier("follower") TransactionTemplate follower, Proofs proofs, TreeProof whole, Chains chains, InstantSource clock) {
        this.server = server;
        this.many = many;
        this.log = log;
        this.tree = followers.stream().filter(one -> one.name().equals("proof")).findFirst().orElseThrow();
        this.follower = follower;
        this.proofs = proofs;
        this.whole = whole;
        this.chains = chains;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "proof";
    }

    @Override
    public String measures() {
        return "The proof of the whole log against one cursor over the same rows that hashes their bytes, and the proof of one entry. Options: size=1000000 entries, "
                + "size=0 for those that are there";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        int size = Integer.parseInt(options.getOrDefault("size", "1000000"));
        List<Figure> figures = new ArrayList<>();
        long start = System.nanoTime();
        if (size > 0) {
            List<String> lives = lives();
            long written;
            try (Connection owner = server.connectAsOwner()) {
                written = many.write(owner, lives, size, clock.instant(), Duration.ofSeconds(20), _ -> System.err.print("."));
            }
            System.err.println();
            figures.add(new Figure("entries written by COPY", seconds(start), "s", written + ", lives of the demo's matters many times over"));
        }
        positions();
        start = System.nanoTime();
        long grown = grow();
        figures.add(new Figure("the tree grown by its follower", grown / seconds(start), "entries/s", grown + " entries"));
        noHeadYet();
        start = System.nanoTime();
        Acting.run(new Actor.Machine("bench"), proofs::sign);
        figures.add(new Figure("a head signed", seconds(start) * 1_000, "ms", ""));

        figures.addAll(one(whole.count()));
        double log = Math.min(cursor(LOG), cursor(LOG));
        figures.add(new Figure("one cursor over the log", log, "s", "the faster of 2"));
        start = System.nanoTime();
        Acting.run(new Actor.Machine("verify"), () -> whole.verify(List.of(), List.of(), ProofBench::wrong, _ -> { }));
        double tree = seconds(start);
        figures.add(new Figure("tree and heads proved", tree, "s", ""));
        figures.add(new Figure("against that cursor", tree / log, "x", "at most 3"));
        double rows = Math.min(cursor(ROWS), cursor(ROWS));
        figures.add(new Figure("a cursor over each table, all rows", rows, "s", "the faster of 2"));
        start = System.nanoTime();
        long matters = Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.empty(), ProofBench::wrong, _ -> { }));
        double each = seconds(start);
        figures.add(new Figure("every chain, row and word proved", each, "s", matters + " matters"));
        figures.add(new Figure("against these cursors", each / rows, "x", "at most 3"));
        figures.add(new Figure("all of it against all of them", (tree + each) / (log + rows), "x", "at most 3"));
        return figures;
    }

    /** As the sequencer would give them, had it seen each transaction. */
    private void positions() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            owner.setAutoCommit(false);
            s.execute("set local work_mem = '256MB'");
            s.execute("""
                    with given as (
                      select e.matter, e.seq, e.recorded_at, row_number() over (order by e.recorded_at, e.matter, e.seq) as n
                      from matters.entry_row e left join matters.position p on p.matter = e.matter and p.seq = e.seq where p.matter is null
                    ), parts as (
                      select min(n) as n, max(recorded_at) as newest, array_agg(matter order by n) as matters, array_agg(seq order by n) as seqs from given group by (n - 1) / 32
                    ), written as (
                      insert into matters.position_row (first, since, upto, matters, seqs)
                      select s.position + n, coalesce(greatest(l.upto, max(newest) over (order by n rows between unbounded preceding and 1 preceding)), '-infinity'),
                             greatest(l.upto, max(newest) over (order by n)), matters, seqs
                      from parts cross join matters.sequencer s left join (select max(upto) as upto from matters.position_row) l on true)
                    update matters.sequencer set position = position + (select count(*) from given), xid = pg_snapshot_xmin(pg_current_snapshot())
                    """);
            owner.commit();
            owner.setAutoCommit(true);
            s.execute("vacuum analyze matters.entry_row");
            s.execute("vacuum analyze matters.position_row");
            s.execute("vacuum analyze matters.matter");
            s.execute("vacuum analyze matters.particular");
        }
    }

    /** The start of the demo county signed one already, and there is one an hour. */
    private void noHeadYet() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            owner.setAutoCommit(false);
            s.execute("alter table proof.head disable trigger user");
            s.execute("delete from proof.sent");
            s.execute("delete from proof.head");
            s.execute("alter table proof.head enable trigger user");
            owner.commit();
        }
    }

    private long grow() {
        long at = whole.count();
        long from = at;
        while (true) {
            List<LoggedEntry> batch = log.after(at, BATCH);
            if (batch.isEmpty()) {
                return at - from;
            }
            follower.executeWithoutResult(_ -> tree.follow(batch));
            at = batch.getLast().position();
        }
    }

    private List<Figure> one(long size) {
        SplittableRandom random = new SplittableRandom(7);
        double[] taken = new double[ASKED];
        for (int i = -200; i < ASKED; i++) {
            long start = System.nanoTime();
            String proof = proofs.proof(1 + random.nextLong(size)).orElseThrow();
            if (proof.isEmpty()) {
                throw new IllegalStateException("an empty proof");
            }
            if (i >= 0) {
                taken[i] = seconds(start) * 1_000;
            }
        }
        Arrays.sort(taken);
        return List.of(new Figure("the proof of one entry, median", taken[ASKED / 2], "ms", "at " + size + " entries"),
                new Figure("the proof of one entry, p99", taken[ASKED * 99 / 100], "ms", "at most 5"));
    }

    /** Reads what the proof reads and hashes its bytes, nothing more. */
    private double cursor(List<String> queries) throws Exception {
        long start = System.nanoTime();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long bytes = 0;
        try (Connection owner = server.connectAsOwner()) {
            owner.setAutoCommit(false);
            for (String query : queries) {
                try (PreparedStatement all = owner.prepareStatement(query)) {
                    all.setFetchSize(BATCH);
                    try (ResultSet r = all.executeQuery()) {
                        int columns = r.getMetaData().getColumnCount();
                        while (r.next()) {
                            for (int i = 1; i <= columns; i++) {
                                byte[] value = r.getBytes(i);
                                if (value != null) {
                                    digest.update(value);
                                    bytes += value.length;
                                }
                            }
                        }
                    }
                }
            }
            owner.rollback();
        }
        if (bytes == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return seconds(start);
    }

    private static void wrong(Chains.Wrong wrong) {
        throw new IllegalStateException("does not verify: " + wrong);
    }

    /** Whole lives as the program wrote them. */
    private List<String> lives() {
        List<String> lines = new ArrayList<>();
        Acting.run(new Actor.Machine("bench"), () -> chains.write(chains.ids(new Chains.Selection(COUNTY, Optional.empty()), Optional.empty(), 1_000), lines::add));
        return lines;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
