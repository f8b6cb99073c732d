package org.heshi.proof.head;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Page;
import org.heshi.kernel.PageKey;
import org.heshi.matters.WholeLog;
import org.heshi.proof.Proofs;
import org.heshi.proof.note.InclusionProof;
import org.heshi.proof.note.Note;
import org.heshi.proof.note.TreeHead;
import org.heshi.proof.tree.Hash;
import org.heshi.proof.tree.Merkle;
import org.heshi.proof.tree.Tree;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The heads of the tree, and what is proved under them. */
@Component
public class Heads implements Proofs {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Tree tree;
    /** Proofs are made of what followers keep and of the log, which they read: by one connection, so that nobody holds one of a pool and waits for the other's. */
    private final JdbcClient follower;
    private final TransactionTemplate followerTransactions;
    private final Tree proving;
    private final LogKeys keys;
    private final Witnesses witnesses;
    private final ProofSettings settings;
    private final InstantSource clock;

    Heads(JdbcClient jdbc, WholeLog log, TransactionTemplate transactions, @Qualifier("follower") JdbcClient follower,
            @Qualifier("follower") TransactionTemplate followerTransactions, LogKeys keys, Witnesses witnesses, ProofSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.follower = follower;
        this.followerTransactions = followerTransactions;
        this.proving = new Tree(follower, log);
        this.transactions = transactions;
        this.tree = new Tree(jdbc, log);
        this.keys = keys;
        this.witnesses = witnesses;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean sign() {
        return Boolean.TRUE.equals(Acting.as(new Actor.Machine("proof"), () -> transactions.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('proof.head', 0))").query(r -> { });
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            long size = tree.size();
            if (size == 0 || newest().filter(head -> !head.head().at().isBefore(now.truncatedTo(ChronoUnit.HOURS))).isPresent()) {
                return false;
            }
            TreeHead head = new TreeHead(settings.name(), size, Merkle.root(tree.tiles(), size), now);
            jdbc.sql("insert into proof.head (at, size, root, note) values (?, ?, ?, ?)").param(now.atOffset(ZoneOffset.UTC)).param(size)
                    .param(head.root().bytes()).param(Note.signed(head.text(), keys.signing()).toString()).update();
            witnesses.queue(now);
            return true;
        })));
    }

    /** Whether heads are sent to anybody outside the house. */
    public boolean witnessed() {
        return witnesses.any();
    }

    /** The last one that was signed. */
    public Optional<TreeHead.Signed> newest() {
        return newest(jdbc);
    }

    private static Optional<TreeHead.Signed> newest(JdbcClient by) {
        return by.sql("select note from proof.head order by at desc limit 1").query(String.class).optional().map(Heads::parsed);
    }

    /** The newest first. */
    public Page<TreeHead.Signed> page(Optional<String> after, int size) {
        Optional<Instant> from = after.flatMap(PageKey::instant);
        JdbcClient.StatementSpec asked = jdbc.sql("select note from proof.head" + (from.isPresent() ? " where at < ?" : "") + " order by at desc limit ?");
        asked = from.isPresent() ? asked.param(from.get().atOffset(ZoneOffset.UTC)) : asked;
        return Page.cut(asked.param(size + 1).query((r, _) -> parsed(r.getString(1))).list(), size, last -> PageKey.of(last.head().at()));
    }

    /** All of them, the oldest first, one note after another; however many there are. */
    public void each(Consumer<String> note) {
        OffsetDateTime after = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
        while (true) {
            record Kept(OffsetDateTime at, String note) {
            }
            List<Kept> batch = jdbc.sql("select at, note from proof.head where at > ? order by at limit 1000").param(after)
                    .query((r, _) -> new Kept(r.getObject("at", OffsetDateTime.class), r.getString("note"))).list();
            if (batch.isEmpty()) {
                return;
            }
            batch.forEach(kept -> note.accept(kept.note()));
            after = batch.getLast().at();
        }
    }

    @Override
    public Optional<String> proof(long position) {
        return inclusion(position).map(InclusionProof::toString);
    }

    /** That the leaf at that position, counted from 1, is in the tree under the newest head; empty while no head covers it. */
    public Optional<InclusionProof> inclusion(long position) {
        return followerTransactions.execute(_ -> newest(follower).filter(head -> position <= head.head().size())
                .map(head -> new InclusionProof(position - 1, Merkle.inclusion(proving.tiles(position - 1, head.head().size()), position - 1, head.head().size()), head)));
    }

    /** That the tree of the greater size begins with the one of the smaller; empty when it is not that great. */
    public Optional<List<Hash>> consistency(long old, long size) {
        return followerTransactions.execute(_ -> old < 1 || old > size || size > proving.size() ? Optional.empty()
                : Optional.of(Merkle.consistency(proving.tiles(old - 1, size), old, size)));
    }

    static TreeHead.Signed parsed(String note) {
        return TreeHead.parse(note).orElseThrow(() -> new IllegalStateException("a kept head of the log cannot be read"));
    }
}
