package org.heshi.bench.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.People;
import org.heshi.boot.database.Server;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bench;
import org.heshi.matters.Chains;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.TreeProof;
import org.heshi.matters.generate.ManyMatters;
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

    private final Server server;
    private final People people;
    private final Directory directory;
    private final Divisions divisions;
    private final ManyMatters many;
    private final MatterLog log;
    private final Follower tree;
    private final TransactionTemplate follower;
    private final Proofs proofs;
    private final TreeProof whole;
    private final Chains chains;
    private final InstantSource clock;

    ProofBench(Server server, People people, Directory directory, Divisions divisions, ManyMatters many, MatterLog log, List<Follower> followers,
            @Qualifier("follower") TransactionTemplate follower, Proofs proofs, TreeProof whole, Chains chains, InstantSource clock) {
        this.server = server;
        this.people = people;
        this.directory = directory;
        this.divisions = divisions;
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
        return "The proof of the whole log against one cursor over the same rows that hashes their bytes, and the proof of one entry. Options: size=1000000, chains=yes";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        int size = Integer.parseInt(options.getOrDefault("size", "1000000"));
        UUID desk = people.named("dispatcher").unit();
        List<UUID> leads = directory.searchUnits("局", COUNTY, 40).stream().filter(u -> u.type() == UnitType.DEPARTMENT).map(Unit::id).toList();
        List<String> towns = divisions.children(COUNTY).stream().map(Division::code).toList();
        List<Figure> figures = new ArrayList<>();
        long start = System.nanoTime();
        try (Connection owner = server.connectAsOwner()) {
            many.write(owner, new ManyMatters.Order(0, size, towns, desk, leads, clock.instant(), false), _ -> System.err.print("."));
        }
        System.err.println();
        positions();
        figures.add(new Figure("entries written by COPY", seconds(start), "s", size + " and the demo's"));
        start = System.nanoTime();
        long grown = grow();
        figures.add(new Figure("the tree grown by its follower", grown / seconds(start), "entries/s", grown + " entries"));
        noHeadYet();
        start = System.nanoTime();
        Acting.run(new Actor.Machine("bench"), proofs::sign);
        figures.add(new Figure("a head signed", seconds(start) * 1_000, "ms", ""));

        figures.addAll(one(whole.count()));
        double cursor = Math.min(cursor(), cursor());
        figures.add(new Figure("one cursor that hashes the bytes", cursor, "s", "the faster of 2"));
        start = System.nanoTime();
        AtomicLong wrong = new AtomicLong();
        Acting.run(new Actor.Machine("verify"), () -> whole.verify(List.of(), List.of(), _ -> wrong.incrementAndGet(), _ -> { }));
        double proved = seconds(start);
        if (wrong.get() > 0) {
            throw new IllegalStateException(wrong + " things do not verify");
        }
        figures.add(new Figure("tree and heads proved", proved, "s", ""));
        figures.add(new Figure("against the cursor", proved / cursor, "x", "at most 3"));
        if (options.getOrDefault("chains", "yes").equals("yes")) {
            start = System.nanoTime();
            Acting.run(new Actor.Machine("verify"), () -> chains.verify(Optional.empty(), _ -> wrong.incrementAndGet(), _ -> { }));
            double each = seconds(start);
            figures.add(new Figure("every chain, row and word proved", each, "s", wrong + " things wrong"));
            figures.add(new Figure("all of it against the cursor", (proved + each) / cursor, "x", "at most 3"));
        }
        return figures;
    }

    /** As the sequencer would give them, had it seen each transaction. */
    private void positions() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            owner.setAutoCommit(false);
            s.execute("set local work_mem = '256MB'");
            s.execute("""
                    with given as (
                      insert into matters.position (position, matter, seq)
                      select (select position from matters.sequencer) + row_number() over (order by e.recorded_at, e.matter), e.matter, e.seq
                      from matters.entry e left join matters.position p on p.matter = e.matter and p.seq = e.seq where p.matter is null
                      returning 1)
                    update matters.sequencer set position = position + (select count(*) from given), xid = pg_snapshot_xmin(pg_current_snapshot())
                    """);
            owner.commit();
            owner.setAutoCommit(true);
            s.execute("vacuum analyze matters.entry");
            s.execute("vacuum analyze matters.position");
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

    private double cursor() throws Exception {
        long start = System.nanoTime();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long bytes = 0;
        try (Connection owner = server.connectAsOwner()) {
            owner.setAutoCommit(false);
            try (PreparedStatement all = owner.prepareStatement("""
                    select p.position, m.number, p.seq, e.content
                    from matters.position p join matters.entry e on e.matter = p.matter and e.seq = p.seq join matters.matter m on m.id = p.matter
                    order by p.position""")) {
                all.setFetchSize(BATCH);
                try (ResultSet r = all.executeQuery()) {
                    while (r.next()) {
                        byte[] content = r.getString(4).getBytes(StandardCharsets.UTF_8);
                        digest.update(content);
                        bytes += content.length;
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

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
