package org.heshi.proof.note;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.proof.tree.Hash;
import org.heshi.proof.tree.Merkle;

/**
 * That a leaf stands in the tree under a signed head (C2SP tlog-proof).
 *
 * @param index of the leaf, counted from 0
 * @param path  from the leaf to the root, the lowest first
 */
public record InclusionProof(long index, List<Hash> path, TreeHead.Signed head) {

    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final int LONGEST = 64;

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether that leaf leads to the root of the head. Whose head it is, its signature says. */
    public boolean holds(Hash leaf) {
        return Merkle.rootOf(leaf, index, head.head().size(), path).filter(head.head().root()::equals).isPresent();
    }

    /** The first proof in a text that may hold anything else. */
    public static Optional<InclusionProof> find(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        int at = lines.indexOf(FIRST);
        if (at < 0 || at + 1 >= lines.size() || !lines.get(at + 1).matches("index (0|[1-9][0-9]{0,17})")) {
            return Optional.empty();
        }
        try {
            List<Hash> path = new ArrayList<>();
            int next = at + 2;
            while (next < lines.size() && !lines.get(next).isEmpty() && path.size() <= LONGEST) {
                path.add(Hash.parse(lines.get(next++)));
            }
            long index = Long.parseLong(lines.get(at + 1).substring("index ".length()));
            return TreeHead.all(String.join("\n", lines.subList(Math.min(next, lines.size()), lines.size())) + "\n").stream().findFirst()
                    .map(head -> new InclusionProof(index, path, head));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(FIRST).append("\nindex ").append(index).append('\n');
        path.forEach(hash -> out.append(hash).append('\n'));
        return out.append('\n').append(head.note()).toString();
    }
}
