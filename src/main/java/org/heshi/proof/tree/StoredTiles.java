package org.heshi.proof.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the kept tiles with a tree that is made anew beside them, leaf by leaf, holding a few tiles at a time. */
public final class StoredTiles {

    private final JdbcClient jdbc;
    private final long size;
    private final Consumer<Tiles.Place> wrong;
    private final Map<Tiles.Place, byte[]> open = new HashMap<>();
    private final Tiles made = new Tiles(place -> java.util.Optional.ofNullable(open.get(place)));

    /**
     * @param size  how many leaves the kept tree says that it has
     * @param wrong is told each tile that is not as it should be
     */
    public StoredTiles(JdbcClient jdbc, long size, Consumer<Tiles.Place> wrong) {
        this.jdbc = jdbc;
        this.size = size;
        this.wrong = wrong;
    }

    /** The next leaves; each call but the last with a multiple of {@link Tiles#WIDTH} of them. */
    public void take(long from, List<Hash> leaves) {
        for (Map.Entry<Tiles.Place, byte[]> tile : made.append(from, leaves).entrySet()) {
            boolean full = tile.getValue().length == Tiles.WIDTH * Hash.LENGTH;
            if (full) {
                compare(tile.getKey(), tile.getValue());
                open.remove(tile.getKey());
                made.forget(tile.getKey());
            } else {
                open.put(tile.getKey(), tile.getValue());
            }
        }
    }

    /** What is left when no more leaves come. */
    public void end() {
        open.forEach(this::compare);
    }

    private void compare(Tiles.Place place, byte[] tile) {
        long reach = size >> 8 * place.level();
        long length = Math.min(Tiles.WIDTH, reach - place.index() * Tiles.WIDTH) * Hash.LENGTH;
        if (Tiles.ofLeavesAndWhole(place, tile) && length == tile.length) {
            byte[] bough = jdbc.sql("select hashes from proof.bough where index = ?").param(place.index()).query((r, _) -> r.getBytes(1)).optional().orElse(new byte[0]);
            if (!Arrays.equals(bough, Tree.bough(tile))) {
                wrong.accept(place);
            }
            return;
        }
        byte[] kept = jdbc.sql("select hashes from proof.tile where level = ? and index = ?").param(place.level()).param(place.index())
                .query((r, _) -> r.getBytes(1)).optional().orElse(new byte[0]);
        if (kept.length == 0 && place.level() == 0 && jdbc.sql("select exists (select from proof.bough where index = ?)").param(place.index()).query(Boolean.class).single()) {
            // others came behind them since the size was asked for, as they do where people act meanwhile
            return;
        }
        // so may what is behind the size
        byte[] then = kept.length > length ? Arrays.copyOf(kept, (int) Math.max(0, length)) : kept;
        if (length > 0 && !Arrays.equals(then, Arrays.copyOf(tile, (int) Math.min(length, tile.length)))) {
            wrong.accept(place);
        }
    }
}
