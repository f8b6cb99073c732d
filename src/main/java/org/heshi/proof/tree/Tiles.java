package org.heshi.proof.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tree in tiles: tile (level, index) holds up to 256 hashes of height 8·level, one beside the other; what lies between is hashed again when it is
 * asked for. So a tree of n leaves takes little more than 32·n bytes, and a proof reads two or three tiles a level.
 */
public final class Tiles implements Merkle.Nodes {

    public static final int WIDTH = 256;
    private static final int BITS = 8;

    /** Which tile. */
    public record Place(int level, long index) {
    }

    /** Where tiles are kept. */
    @FunctionalInterface
    public interface Kept {
        Optional<byte[]> tile(Place place);

        /** The hash of that height over leaves whose tile is not kept whole; empty when it is. */
        default Optional<Hash> overLeaves(int height, long index) {
            return Optional.empty();
        }
    }

    private final Kept kept;
    private final Map<Place, byte[]> read = new HashMap<>();

    public Tiles(Kept kept) {
        this.kept = kept;
    }

    private byte[] tile(Place place) {
        return read.computeIfAbsent(place, at -> kept.tile(at).orElseThrow(() -> new IllegalStateException("the tree has lost its tile " + at)));
    }

    @Override
    public Hash complete(int height, long index) {
        int level = height / BITS;
        int above = height % BITS;
        long first = index << above;
        if (level == 0) {
            Optional<Hash> made = kept.overLeaves(height, index);
            if (made.isPresent()) {
                return made.get();
            }
        }
        byte[] tile = tile(new Place(level, first / WIDTH));
        int from = (int) (first % WIDTH);
        List<Hash> hashes = new ArrayList<>();
        for (int i = from; i < from + (1 << above); i++) {
            hashes.add(at(tile, i));
        }
        return whole(hashes);
    }

    static Hash at(byte[] tile, int i) {
        if ((i + 1) * Hash.LENGTH > tile.length) {
            throw new IllegalStateException("a tile of the tree is too short");
        }
        return new Hash(Arrays.copyOfRange(tile, i * Hash.LENGTH, (i + 1) * Hash.LENGTH));
    }

    /** The hash over hashes of one height whose number is a power of two. */
    static Hash whole(List<Hash> hashes) {
        List<Hash> row = hashes;
        while (row.size() > 1) {
            List<Hash> up = new ArrayList<>(row.size() / 2);
            for (int i = 0; i < row.size(); i += 2) {
                up.add(Hash.node(row.get(i), row.get(i + 1)));
            }
            row = up;
        }
        return row.getFirst();
    }

    /** Whether it is a tile of leaves that has all of them: the log has what they are made of. */
    public static boolean ofLeavesAndWhole(Place place, byte[] tile) {
        return place.level() == 0 && tile.length == WIDTH * Hash.LENGTH;
    }

    /** A tile that nobody will ask for again. */
    void forget(Place place) {
        read.remove(place);
    }

    /** The tiles that change when these leaves come behind the first {@code size}, whole, as they are then. */
    public Map<Place, byte[]> append(long size, List<Hash> leaves) {
        Map<Place, byte[]> changed = new LinkedHashMap<>();
        append(changed, 0, size, leaves);
        read.putAll(changed);
        return changed;
    }

    private void append(Map<Place, byte[]> changed, int level, long size, List<Hash> hashes) {
        List<Hash> above = new ArrayList<>();
        int next = 0;
        while (next < hashes.size()) {
            long at = size + next;
            Place place = new Place(level, at / WIDTH);
            int there = (int) (at % WIDTH);
            int taken = Math.min(WIDTH - there, hashes.size() - next);
            byte[] tile = Arrays.copyOf(there == 0 ? new byte[0] : tile(place), (there + taken) * Hash.LENGTH);
            for (int i = 0; i < taken; i++) {
                System.arraycopy(hashes.get(next + i).bytes(), 0, tile, (there + i) * Hash.LENGTH, Hash.LENGTH);
            }
            changed.put(place, tile);
            if (there + taken == WIDTH) {
                List<Hash> full = new ArrayList<>(WIDTH);
                for (int i = 0; i < WIDTH; i++) {
                    full.add(at(tile, i));
                }
                above.add(whole(full));
            }
            next += taken;
        }
        if (!above.isEmpty()) {
            append(changed, level + 1, size / WIDTH, above);
        }
    }
}
