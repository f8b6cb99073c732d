package org.heshi.proof.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.WholeLog;
import org.heshi.matters.log.Digests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The tree in the database, over a log of invented digests; nothing of it stays. */
@HeshiTest
class WhenTheTreeIsKeptTests {

    private static final List<byte[]> DIGESTS = IntStream.range(0, 700).mapToObj(i -> Digests.of("entry " + i)).toList();
    private static final List<Hash> LEAVES = DIGESTS.stream().map(Hash::leaf).toList();

    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;
    @Autowired
    @Qualifier("follower")
    TransactionTemplate transactions;

    private static final class Invented implements WholeLog {

        @Override
        public Optional<Placed> placed(MatterNumber number, int seq) {
            return Optional.empty();
        }

        @Override
        public List<byte[]> digests(long position, int count) {
            return DIGESTS.stream().skip(position).limit(count).toList();
        }

        @Override
        public void each(Content each) {
        }
    }

    private List<Tiles.Place> wrong(long size) {
        List<Tiles.Place> wrong = new ArrayList<>();
        StoredTiles stored = new StoredTiles(jdbc, size, wrong::add);
        for (int from = 0; from < size; from += Tiles.WIDTH) {
            stored.take(from, LEAVES.subList(from, (int) Math.min(size, from + Tiles.WIDTH)));
        }
        stored.end();
        return wrong;
    }

    @Test
    void makesItsOldLeavesAgainOfTheLog() {
        transactions.executeWithoutResult(status -> {
            status.setRollbackOnly();
            Tree tree = new Tree(jdbc, new Invented());
            tree.locked();
            jdbc.sql("delete from proof.tile").update();
            Merkle.Growing growing = new Merkle.Growing();
            int size = 0;
            for (int more : new int[] {100, 156, 1, 300, 143}) {
                tree.append(size, LEAVES.subList(size, size + more));
                LEAVES.subList(size, size + more).forEach(growing::add);
                size += more;
                assertThat(Merkle.root(tree.tiles(), size)).as("root of " + size).isEqualTo(growing.root());
                assertThat(wrong(size)).as("at " + size).isEmpty();
            }
            assertThat(jdbc.sql("select level || '/' || index from proof.tile order by 1").query(String.class).list()).containsExactly("0/2", "1/0");
            for (int leaf : new int[] {0, 255, 256, 511, 512, 699}) {
                assertThat(Merkle.rootOf(LEAVES.get(leaf), leaf, 700, Merkle.inclusion(tree.tiles(), leaf, 700))).as("leaf " + leaf).contains(growing.root());
            }
            jdbc.sql("update proof.tile set hashes = overlay(hashes placing sha256('x') from 33 for 32) where level = 1").update();
            assertThat(wrong(700)).as("a hash of the tile above is another").containsExactly(new Tiles.Place(1, 0));
            jdbc.sql("insert into proof.tile (level, index, hashes) select 0, 0, string_agg(sha256('x'), '') from generate_series(1, 256)").update();
            assertThat(wrong(700)).as("leaves are put in that are not those of the log").contains(new Tiles.Place(0, 0));
        });
    }
}
