package org.heshi.proof.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.WholeLog;
import org.heshi.matters.log.Digests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tree in the database, over a log of invented digests; nothing of it stays. */
@HeshiTest
class WhenTheTreeIsKeptTests {

    private static final List<byte[]> DIGESTS = IntStream.range(0, 700).mapToObj(i -> Digests.of("entry " + i)).toList();
    private static final List<Hash> LEAVES = DIGESTS.stream().map(Hash::leaf).toList();

    @Autowired
    ApplicationContext context;

    private JdbcClient jdbc;

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
    void makesItsOldLeavesAgainOfTheLog() throws SQLException {
        try (Connection superuser = SuperuserConnection.open(context)) {
            superuser.setAutoCommit(false);
            jdbc = JdbcClient.create(new SingleConnectionDataSource(superuser, true));
            Tree tree = new Tree(jdbc, new Invented());
            tree.locked();
            jdbc.sql("delete from proof.tile").update();
            jdbc.sql("delete from proof.bough").update();
            Merkle.Growing growing = new Merkle.Growing();
            int size = 0;
            for (int more : new int[] {100, 156, 1, 300, 143}) {
                tree.append(size, LEAVES.subList(size, size + more));
                LEAVES.subList(size, size + more).forEach(growing::add);
                size += more;
                assertThat(Merkle.root(tree.tiles(), size)).as("root of " + size).isEqualTo(growing.root());
                assertThat(wrong(size)).as("at " + size).isEmpty();
            }
            assertThat(jdbc.sql("select level || '/' || index from proof.tile union all select 'bough ' || index from proof.bough order by 1").query(String.class).list())
                    .containsExactly("0/2", "1/0", "bough 0", "bough 1");
            for (int leaf : new int[] {0, 15, 16, 100, 255, 256, 511, 512, 699}) {
                assertThat(Merkle.rootOf(LEAVES.get(leaf), leaf, 700, Merkle.inclusion(tree.tiles(), leaf, 700))).as("leaf " + leaf).contains(growing.root());
            }
            for (int old : new int[] {1, 3, 16, 130, 256, 300, 600}) {
                Merkle.Growing then = new Merkle.Growing();
                LEAVES.subList(0, old).forEach(then::add);
                assertThat(Merkle.root(tree.tiles(), old)).as("root when there were " + old).isEqualTo(then.root());
            }
            jdbc.sql("update proof.tile set hashes = overlay(hashes placing sha256('x') from 33 for 32) where level = 1").update();
            assertThat(wrong(700)).as("a hash of the tile above is another").containsExactly(new Tiles.Place(1, 0));
            jdbc.sql("update proof.bough set hashes = overlay(hashes placing sha256('x') from 33 for 32) where index = 1").update();
            assertThat(wrong(700)).as("a hash over leaves is another").contains(new Tiles.Place(0, 1));
            superuser.rollback();
        }
    }
}
