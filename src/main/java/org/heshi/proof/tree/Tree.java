package org.heshi.proof.tree;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.matters.WholeLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tree as PostgreSQL keeps it. Its leaf number i, counted from 0, is the entry at position i + 1 of the log. Leaves are kept until there are 256 of them,
 * which is one hash of the tile above; from then on they are made again of the digests that stand in the log.
 */
public final class Tree {

    private final JdbcClient jdbc;
    private final WholeLog log;

    /** @param jdbc of whoever reads or writes; within their transaction */
    public Tree(JdbcClient jdbc, WholeLog log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    /** How many leaves it has. */
    public long size() {
        return jdbc.sql("select size from proof.tree").query(Long.class).single();
    }

    /** Its nodes, read as they are asked for; for one transaction. */
    public Tiles tiles() {
        return new Tiles(this::tile);
    }

    private Optional<byte[]> tile(Tiles.Place place) {
        return jdbc.sql("select hashes from proof.tile where level = ? and index = ?").param(place.level()).param(place.index())
                .query((r, _) -> r.getBytes(1)).optional().or(() -> place.level() > 0 ? Optional.empty() : leaves(place.index()));
    }

    /** A tile of leaves that is complete. */
    private Optional<byte[]> leaves(long index) {
        List<byte[]> digests = log.digests(index * Tiles.WIDTH, Tiles.WIDTH);
        if (digests.size() < Tiles.WIDTH) {
            return Optional.empty();
        }
        ByteBuffer leaves = ByteBuffer.allocate(Tiles.WIDTH * Hash.LENGTH);
        digests.forEach(digest -> leaves.put(Hash.leaf(digest).bytes()));
        return Optional.of(leaves.array());
    }

    /** Puts leaves behind the first {@code size}; nobody else may write meanwhile. */
    void append(long size, List<Hash> leaves) {
        for (Map.Entry<Tiles.Place, byte[]> tile : tiles().append(size, leaves).entrySet()) {
            if (Tiles.ofLeavesAndWhole(tile.getKey(), tile.getValue())) {
                if (tile.getKey().index() == size / Tiles.WIDTH) {
                    jdbc.sql("delete from proof.tile where level = 0 and index = ?").param(tile.getKey().index()).update();
                }
                continue;
            }
            jdbc.sql("insert into proof.tile (level, index, hashes) values (?, ?, ?) on conflict (level, index) do update set hashes = excluded.hashes")
                    .param(tile.getKey().level()).param(tile.getKey().index()).param(tile.getValue()).update();
        }
        jdbc.sql("update proof.tree set size = ?").param(size + leaves.size()).update();
    }

    /** Its size, locked against whoever else would write. */
    long locked() {
        return jdbc.sql("select size from proof.tree for update").query(Long.class).single();
    }
}
