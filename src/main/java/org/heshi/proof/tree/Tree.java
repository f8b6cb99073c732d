package org.heshi.proof.tree;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.heshi.matters.WholeLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tree as PostgreSQL keeps it. Its leaf number i, counted from 0, is the entry at position i + 1 of the log. Leaves are kept until there are 256 of them,
 * which is one hash of the tile above; from then on 64 hashes of them are kept, and leaves are made again, four at once, of the digests that stand in the log.
 */
public final class Tree {

    /** The height of a hash over four leaves. */
    private static final int TWIGS = 2;

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
        return new Tiles(new Read());
    }

    /** The same, where a proof about that leaf in the tree of the first {@code size} is made: what lies beside its way up and at the edge of that tree is read at once. */
    public Tiles tiles(long leaf, long size) {
        Set<Tiles.Place> places = new LinkedHashSet<>();
        for (int level = 0; size >> 8 * level > 0; level++) {
            places.add(new Tiles.Place(level, leaf >> 8 * (level + 1)));
            places.add(new Tiles.Place(level, (size >> 8 * level) - 1 >> 8));
        }
        Read read = new Read();
        read.ahead(places);
        return new Tiles(read);
    }

    /** What was read once in a transaction. */
    private final class Read implements Tiles.Kept {

        private final Map<Tiles.Place, byte[]> known = new HashMap<>();
        private final Map<Long, Optional<byte[]>> boughs = new HashMap<>();
        private final Map<Long, List<Hash>> leaves = new HashMap<>();

        /** By one statement, as leaves that are kept may be made a bough between two. */
        private void ahead(Set<Tiles.Place> places) {
            places.stream().filter(place -> place.level() == 0).forEach(place -> boughs.put(place.index(), Optional.empty()));
            jdbc.sql("""
                    select t.level, t.index, t.hashes from unnest(?::int[], ?::bigint[]) as w (level, index) join proof.tile t on t.level = w.level and t.index = w.index
                    union all select -1, index, hashes from proof.bough where index = any (?)
                    """).param(places.stream().map(Tiles.Place::level).toArray(Integer[]::new)).param(places.stream().map(Tiles.Place::index).toArray(Long[]::new))
                    .param(boughs.keySet().toArray(Long[]::new)).query(r -> {
                if (r.getInt("level") < 0) {
                    boughs.put(r.getLong("index"), Optional.of(r.getBytes("hashes")));
                } else {
                    known.put(new Tiles.Place(r.getInt("level"), r.getLong("index")), r.getBytes("hashes"));
                }
            });
        }

        @Override
        public Optional<byte[]> tile(Tiles.Place place) {
            return Optional.ofNullable(known.get(place)).or(() -> read(place));
        }

        private Optional<byte[]> read(Tiles.Place place) {
            return jdbc.sql("select hashes from proof.tile where level = ? and index = ?").param(place.level()).param(place.index())
                    .query((r, _) -> r.getBytes(1)).optional().or(() -> place.level() > 0 ? Optional.empty() : completed(place.index()));
        }

        /** The last leaves, when others came behind them since it was asked for what is kept of them. */
        private Optional<byte[]> completed(long index) {
            List<byte[]> digests = log.digests(index * Tiles.WIDTH, Tiles.WIDTH);
            ByteBuffer made = ByteBuffer.allocate(digests.size() * Hash.LENGTH);
            digests.forEach(digest -> made.put(Hash.leaf(digest).bytes()));
            return digests.size() < Tiles.WIDTH ? Optional.empty() : Optional.of(made.array());
        }

        @Override
        public Optional<Hash> overLeaves(int height, long index) {
            long first = index << height;
            return boughs.computeIfAbsent(first / Tiles.WIDTH, at -> jdbc.sql("select hashes from proof.bough where index = ?").param(at)
                    .query((r, _) -> r.getBytes(1)).optional()).map(bough -> {
                if (height >= TWIGS) {
                    int from = (int) (first % Tiles.WIDTH >> TWIGS);
                    return Tiles.whole(IntStream.range(from, from + (1 << height - TWIGS)).mapToObj(i -> Tiles.at(bough, i)).toList());
                }
                int from = (int) (first & (1 << TWIGS) - 1);
                return Tiles.whole(leaves.computeIfAbsent(first >> TWIGS, this::leaves).subList(from, from + (1 << height)));
            });
        }

        private List<Hash> leaves(long twig) {
            List<Hash> made = log.digests(twig << TWIGS, 1 << TWIGS).stream().map(Hash::leaf).toList();
            if (made.size() < 1 << TWIGS) {
                throw new IllegalStateException("the log has lost entries behind " + (twig << TWIGS));
            }
            return made;
        }
    }

    /** What is kept of 256 leaves: 64 hashes, each over four of them. */
    public static byte[] bough(byte[] leaves) {
        ByteBuffer hashes = ByteBuffer.allocate((Tiles.WIDTH >> TWIGS) * Hash.LENGTH);
        for (int from = 0; from < Tiles.WIDTH; from += 1 << TWIGS) {
            hashes.put(Tiles.whole(IntStream.range(from, from + (1 << TWIGS)).mapToObj(i -> Tiles.at(leaves, i)).toList()).bytes());
        }
        return hashes.array();
    }

    /** Puts leaves behind the first {@code size}; nobody else may write meanwhile. */
    void append(long size, List<Hash> leaves) {
        for (Map.Entry<Tiles.Place, byte[]> tile : tiles().append(size, leaves).entrySet()) {
            if (Tiles.ofLeavesAndWhole(tile.getKey(), tile.getValue())) {
                jdbc.sql("insert into proof.bough (index, hashes) values (?, ?)").param(tile.getKey().index()).param(bough(tile.getValue())).update();
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
