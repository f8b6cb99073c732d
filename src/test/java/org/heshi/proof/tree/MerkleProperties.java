package org.heshi.proof.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The tree against its definition in RFC 6962, section 2.1, written down word for word. */
class MerkleProperties {

    /** MTH of the RFC. */
    private static Hash defined(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return Hash.empty();
        }
        if (entries.size() == 1) {
            return Hash.leaf(entries.getFirst());
        }
        int k = 1;
        while (k * 2 < entries.size()) {
            k *= 2;
        }
        return Hash.node(defined(entries.subList(0, k)), defined(entries.subList(k, entries.size())));
    }

    private static List<byte[]> entries(int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(("entry " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return entries;
    }

    /** A tree in tiles that was given its leaves in these portions. */
    private static Tiles grown(List<byte[]> entries, List<Integer> portions) {
        Map<Tiles.Place, byte[]> kept = new HashMap<>();
        int size = 0;
        int turn = 0;
        while (size < entries.size()) {
            int many = Math.min(portions.isEmpty() ? entries.size() : portions.get(turn++ % portions.size()), entries.size() - size);
            Tiles tiles = new Tiles(place -> Optional.ofNullable(kept.get(place)));
            kept.putAll(tiles.append(size, entries.subList(size, size + many).stream().map(Hash::leaf).toList()));
            size += many;
        }
        return new Tiles(place -> Optional.ofNullable(kept.get(place)));
    }

    /** The vectors that logs of certificates are tried with. */
    @Example
    void hasTheRootsThatOthersCompute() {
        List<byte[]> entries = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f").stream()
                .map(HexFormat.of()::parseHex).toList();
        List<String> roots = List.of("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        for (int size = 1; size <= 8; size++) {
            Hash root = Merkle.root(grown(entries.subList(0, size), List.of(1)), size);
            assertThat(HexFormat.of().formatHex(root.bytes())).as("root of " + size).isEqualTo(roots.get(size - 1));
        }
        assertThat(HexFormat.of().formatHex(Merkle.root(grown(List.of(), List.of()), 0).bytes()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Property(tries = 60)
    void isTheTreeThatTheStandardDefines(@ForAll @IntRange(min = 1, max = 1_500) int size, @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 700) Integer> portions) {
        List<byte[]> entries = entries(size);
        Merkle.Growing growing = new Merkle.Growing();
        entries.forEach(entry -> growing.add(Hash.leaf(entry)));
        assertThat(Merkle.root(grown(entries, portions), size)).isEqualTo(defined(entries)).isEqualTo(growing.root());
    }

    @Property(tries = 200)
    void provesEveryLeafAndNoOther(@ForAll @IntRange(min = 1, max = 1_200) int size, @ForAll @IntRange(max = 1_199) int any, @ForAll @IntRange(max = 40) int cut) {
        List<byte[]> entries = entries(size);
        int index = any % size;
        Tiles tiles = grown(entries, List.of(97));
        List<Hash> path = Merkle.inclusion(tiles, index, size);
        Hash leaf = Hash.leaf(entries.get(index));
        assertThat(Merkle.rootOf(leaf, index, size, path)).contains(defined(entries));
        assertThat(path.size()).as("hashes of a proof").isLessThanOrEqualTo(64 - Long.numberOfLeadingZeros(size));
        assertThat(Merkle.rootOf(Hash.leaf(new byte[] {7}), index, size, path)).isNotEqualTo(Optional.of(defined(entries)));
        if (size > 1) {
            int other = (index + 1) % size;
            assertThat(Merkle.rootOf(leaf, other, size, path)).as("at another place").isNotEqualTo(Optional.of(defined(entries)));
            List<Hash> shorter = path.subList(0, Math.min(cut, path.size() - 1));
            assertThat(Merkle.rootOf(leaf, index, size, shorter)).as("a path that is cut").isNotEqualTo(Optional.of(defined(entries)));
        }
    }

    @Property(tries = 200)
    void provesThatALongerListBeginsWithAShorterAndNothingElse(@ForAll @IntRange(min = 1, max = 1_200) int size, @ForAll @IntRange(max = 1_199) int any,
            @ForAll @IntRange(max = 1_199) int changed) {
        List<byte[]> entries = entries(size);
        int old = 1 + any % size;
        Hash before = defined(entries.subList(0, old));
        List<Hash> proof = Merkle.consistency(grown(entries, List.of(300)), old, size);
        assertThat(Merkle.consistent(old, before, size, defined(entries), proof)).isTrue();
        List<byte[]> other = new ArrayList<>(entries);
        other.set(changed % old, new byte[] {1});
        Hash otherRoot = defined(other);
        assertThat(Merkle.consistent(old, before, size, otherRoot, Merkle.consistency(grown(other, List.of(300)), old, size))).as("history changed").isFalse();
        assertThat(Merkle.consistent(old, otherRoot, size, defined(entries), proof)).isFalse();
    }

    @Example
    void refusesProofsOfWhatIsNotThere() {
        List<byte[]> entries = entries(5);
        assertThat(Merkle.rootOf(Hash.leaf(entries.get(4)), 5, 5, List.of())).isEmpty();
        assertThat(Merkle.rootOf(Hash.leaf(entries.get(4)), -1, 5, List.of())).isEmpty();
        assertThat(Merkle.consistent(0, Hash.empty(), 5, defined(entries), List.of())).isFalse();
        assertThat(Merkle.consistent(6, Hash.empty(), 5, defined(entries), List.of())).isFalse();
        assertThat(Merkle.consistent(3, defined(entries.subList(0, 3)), 5, defined(entries), List.of())).isFalse();
    }
}
