package org.heshi.proof.receipt;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Chains.Wrong;
import org.heshi.matters.TreeProof;
import org.heshi.matters.WholeLog;
import org.heshi.proof.head.Heads;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.Note;
import org.heshi.proof.note.Receipt;
import org.heshi.proof.note.TreeHead;
import org.heshi.proof.note.VerifyingKey;
import org.heshi.proof.tree.Hash;
import org.heshi.proof.tree.Merkle;
import org.heshi.proof.tree.StoredTiles;
import org.heshi.proof.tree.Tiles;
import org.heshi.proof.tree.Tree;
import org.heshi.proof.tree.TreeFollower;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the tree anew from the log, entry by entry, and holds against it everything that was ever signed: the heads that are kept here, and those and the
 * receipts that others kept. Who may change everything in this database still cannot change what others hold.
 */
@Component
class WholeProof implements TreeProof {

    private final WholeLog log;
    private final Heads heads;
    private final LogKeys keys;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    WholeProof(WholeLog log, Heads heads, LogKeys keys, JdbcClient jdbc, InstantSource clock) {
        this.log = log;
        this.heads = heads;
        this.keys = keys;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public long count() {
        return new Tree(jdbc, log).size();
    }

    /** A head with where it came from. */
    private record Claim(TreeHead.Signed head, boolean kept) {
    }

    @Override
    public Looked verify(List<String> kept, List<String> trusted, Consumer<Wrong> wrong, LongConsumer progress) {
        List<VerifyingKey> ours = known(wrong);
        List<VerifyingKey> theirs = trusted.isEmpty() ? ours : trusted.stream().map(text -> VerifyingKey.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(text + " is no key of a log: name+id+key"))).toList();
        // by size, so that each is held against the tree when it has grown so far
        Map<Long, List<Claim>> claims = new HashMap<>();
        long[] count = new long[3];
        heads.each(note -> {
            count[0]++;
            TreeHead.parse(note).ifPresentOrElse(head -> claim(claims, new Claim(head, false), ours, wrong),
                    () -> wrong.accept(log("head-unreadable", "head " + count[0])));
        });
        Map<Hash, List<Receipt>> wanted = new LinkedHashMap<>();
        for (String text : kept) {
            for (TreeHead.Signed head : TreeHead.all(text)) {
                count[1]++;
                claim(claims, new Claim(head, true), theirs, wrong);
            }
            for (Receipt.Signed receipt : Receipt.all(text)) {
                count[2]++;
                if (receipt.note().signer(theirs).isEmpty()) {
                    wrong.accept(of(receipt.receipt(), "receipt-not-signed"));
                } else {
                    wanted.computeIfAbsent(receipt.receipt().leaf(), _ -> new ArrayList<>()).add(receipt.receipt());
                }
            }
        }
        Growth growth = new Growth(claims, wanted, wrong, progress);
        growth.check(Optional.ofNullable(claims.remove(0L)).orElse(List.of()));
        log.each(growth);
        growth.end();
        claims.values().stream().flatMap(List::stream).forEach(claim -> wrong.accept(log("log-truncated", "a head of " + claim.head().head().at()
                + " is over " + claim.head().head().size() + " entries; there are " + growth.grown.size())));
        // a promise is broken only when its time is over
        wanted.values().stream().flatMap(List::stream).filter(receipt -> receipt.at().plus(Receipt.WITHIN).isBefore(clock.instant()))
                .forEach(receipt -> wrong.accept(of(receipt, "receipt-not-in-log")));
        return new Looked(growth.grown.size(), count[0], count[1], count[2]);
    }

    /** The keys of this log whose statements hang together. */
    private List<VerifyingKey> known(Consumer<Wrong> wrong) {
        List<VerifyingKey> good = new ArrayList<>();
        for (LogKeys.Known known : keys.known()) {
            List<VerifyingKey> signers = new ArrayList<>(good);
            signers.add(known.key());
            boolean stated = Note.parse(known.statement()).filter(note -> note.text().contains("\nkey " + known.key() + "\n"))
                    .filter(note -> note.signer(signers).isPresent()).isPresent();
            if (!stated) {
                wrong.accept(log("key-not-stated", known.key().shownId()));
            }
            good.add(known.key());
        }
        return good;
    }

    private static void claim(Map<Long, List<Claim>> claims, Claim claim, List<VerifyingKey> keys, Consumer<Wrong> wrong) {
        if (claim.head().note().signer(keys).isEmpty()) {
            wrong.accept(log(claim.kept() ? "kept-head-not-signed" : "head-not-signed", claim.head().head().at().toString()));
        }
        claims.computeIfAbsent(claim.head().head().size(), _ -> new ArrayList<>()).add(claim);
    }

    private static Wrong log(String what, String detail) {
        return new Wrong(Optional.empty(), 0, what, detail);
    }

    private static Wrong of(Receipt receipt, String what) {
        return new Wrong(MatterNumber.parse(receipt.number()), receipt.seq(), what, receipt.at().toString());
    }

    /** The tree while it is made anew. */
    private final class Growth implements WholeLog.Content {

        private final Map<Long, List<Claim>> claims;
        private final Map<Hash, List<Receipt>> wanted;
        private final Consumer<Wrong> wrong;
        private final LongConsumer progress;
        private final Merkle.Growing grown = new Merkle.Growing();
        private final long kept = count();
        private final StoredTiles tiles = new StoredTiles(jdbc, kept, this::tile);
        private final List<Hash> waiting = new ArrayList<>(Tiles.WIDTH);

        Growth(Map<Long, List<Claim>> claims, Map<Hash, List<Receipt>> wanted, Consumer<Wrong> wrong, LongConsumer progress) {
            this.claims = claims;
            this.wanted = wanted;
            this.wrong = wrong;
            this.progress = progress;
        }

        private void tile(Tiles.Place place) {
            wrong.accept(log("tile-changed", "level " + place.level() + ", index " + place.index()));
        }

        @Override
        public void take(long position, MatterNumber number, int seq, String content) {
            Hash leaf = TreeFollower.leaf(content);
            grown.add(leaf);
            if (!wanted.isEmpty()) {
                // a promise names the entry: the same leaf elsewhere does not keep it
                wanted.computeIfPresent(leaf, (_, receipts) -> {
                    receipts.removeIf(receipt -> receipt.number().equals(number.digits()) && receipt.seq() == seq);
                    return receipts.isEmpty() ? null : receipts;
                });
            }
            waiting.add(leaf);
            if (waiting.size() == Tiles.WIDTH) {
                flush();
            }
            check(Optional.ofNullable(claims.remove(grown.size())).orElse(List.of()));
            progress.accept(1);
        }

        private void flush() {
            tiles.take(grown.size() - waiting.size(), waiting);
            waiting.clear();
        }

        void check(List<Claim> here) {
            if (here.isEmpty()) {
                return;
            }
            Hash root = grown.root();
            for (Claim claim : here) {
                if (!claim.head().head().root().equals(root)) {
                    wrong.accept(log(claim.kept() ? "history-contradicts-kept-head" : "history-contradicts-head",
                            "the first " + grown.size() + " entries, head of " + claim.head().head().at()));
                }
            }
        }

        void end() {
            if (!waiting.isEmpty()) {
                flush();
            }
            tiles.end();
            if (kept > grown.size()) {
                wrong.accept(log("log-truncated", "the tree holds " + kept + " entries, the log " + grown.size()));
            }
        }
    }
}
