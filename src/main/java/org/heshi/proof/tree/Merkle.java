package org.heshi.proof.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arithmetic of a Merkle tree over a list of leaves (RFC 6962, section 2.1; the checks as RFC 9162, section 2.1 writes them): the root of its first
 * so many leaves, the proof that a leaf is among them, and the proof that a longer list begins with a shorter one.
 */
public final class Merkle {

    /** The hashes of a tree that grows only. */
    @FunctionalInterface
    public interface Nodes {

        /** The hash over the 2^height leaves from {@code index}·2^height on, all of which are there. */
        Hash complete(int height, long index);
    }

    private Merkle() {
    }

    /** The root over the first {@code size} leaves. */
    public static Hash root(Nodes nodes, long size) {
        return size == 0 ? Hash.empty() : range(nodes, 0, size);
    }

    /** The hashes that lead from leaf number {@code index}, counted from 0, to the root over the first {@code size}; the lowest first. */
    public static List<Hash> inclusion(Nodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("there is no leaf " + index + " among " + size);
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.addFirst(range(nodes, middle, to));
                to = middle;
            } else {
                path.addFirst(range(nodes, from, middle));
                from = middle;
            }
        }
        return List.copyOf(path);
    }

    /** The hashes that show how the root over the first {@code old} leaves and the one over the first {@code size} hang together. */
    public static List<Hash> consistency(Nodes nodes, long old, long size) {
        if (old < 1 || old > size) {
            throw new IllegalArgumentException("a tree of " + old + " is no beginning of one of " + size);
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        long end = old;
        boolean known = true;
        while (end != to) {
            long middle = from + split(to - from);
            if (end <= middle) {
                path.addFirst(range(nodes, middle, to));
                to = middle;
            } else {
                path.addFirst(range(nodes, from, middle));
                from = middle;
                known = false;
            }
        }
        if (!known) {
            path.addFirst(range(nodes, from, to));
        }
        return List.copyOf(path);
    }

    /** The root that a proof leads to; empty when it cannot be one for these numbers. */
    public static Optional<Hash> rootOf(Hash leaf, long index, long size, List<Hash> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long at = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash other : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((at & 1) == 1 || at == last) {
                hash = Hash.node(other, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.node(hash, other);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(hash) : Optional.empty();
    }

    /** Whether the proof shows that the tree of {@code size} with that root begins with the one of {@code old} with that other root. */
    public static boolean consistent(long old, Hash oldRoot, long size, Hash root, List<Hash> proof) {
        if (old < 1 || old > size) {
            return false;
        }
        if (old == size) {
            return proof.isEmpty() && oldRoot.equals(root);
        }
        if (proof.isEmpty()) {
            return false;
        }
        List<Hash> path = new ArrayList<>(proof);
        if (Long.bitCount(old) == 1) {
            path.addFirst(oldRoot);
        }
        long at = old - 1;
        long last = size - 1;
        while ((at & 1) == 1) {
            at >>= 1;
            last >>= 1;
        }
        Hash before = path.getFirst();
        Hash now = path.getFirst();
        for (Hash other : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                before = Hash.node(other, before);
                now = Hash.node(other, now);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                now = Hash.node(now, other);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && before.equals(oldRoot) && now.equals(root);
    }

    /** The greatest power of two below {@code leaves}, which are at least two. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    private static Hash range(Nodes nodes, long from, long to) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int height = Long.numberOfTrailingZeros(leaves);
            return nodes.complete(height, from >> height);
        }
        long middle = from + split(leaves);
        return Hash.node(range(nodes, from, middle), range(nodes, middle, to));
    }

    /** The root of leaves that come one after another, of which only the whole subtrees on the left are kept. */
    public static final class Growing {

        private final List<Hash> whole = new ArrayList<>();
        private long size;

        public void add(Hash leaf) {
            Hash hash = leaf;
            for (long at = size; (at & 1) == 1; at >>= 1) {
                hash = Hash.node(whole.removeLast(), hash);
            }
            whole.add(hash);
            size++;
        }

        public long size() {
            return size;
        }

        public Hash root() {
            if (whole.isEmpty()) {
                return Hash.empty();
            }
            Hash hash = whole.getLast();
            for (int i = whole.size() - 2; i >= 0; i--) {
                hash = Hash.node(whole.get(i), hash);
            }
            return hash;
        }
    }
}
