package org.heshi.proof.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Files from witnesses and residents come from outside: whatever is in them, they are read or they are not, and no changed one is taken for signed. */
class HostileNoteProperties {

    private static final SigningKey KEY = SigningKey.fresh("heshi-330681-1");
    private static final String NOTE = Note.signed("heshi-330681-1\n42\nqINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=\n", KEY).toString();
    private static final List<String> PIECES = List.of("", "\n", "\n\n", "\u2014 ", " ", "+", "=", "heshi-330681-1", "9223372036854775808", "-1", "1e9", "\u0000", "\u202e", "\uD800",
            "AAAA", "https://", "index ", "c2sp.org/tlog-proof@v1\n");

    @Provide
    Arbitrary<String> changed() {
        Arbitrary<String> with = Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(8));
        Arbitrary<String> one = Combinators.combine(Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 20), with).as((at, length, piece) -> {
            int from = (int) (at * NOTE.length());
            return NOTE.substring(0, from) + piece + NOTE.substring(Math.min(NOTE.length(), from + length));
        });
        return Arbitraries.oneOf(one, Arbitraries.strings().ofMaxLength(200), with.list().ofMaxSize(12).map(pieces -> String.join("", pieces)));
    }

    @Property(tries = 3000)
    void areSignedAsTheyWereOrNotAtAll(@ForAll("changed") String text) {
        Note.parse(text).ifPresent(note -> {
            assertThat(Note.parse(note.toString()).map(Note::toString)).contains(note.toString());
            if (note.signer(List.of(KEY.verifier())).isPresent()) {
                assertThat(note.text()).isEqualTo(Note.parse(NOTE).orElseThrow().text());
            }
        });
    }

    @Property(tries = 2000)
    void areReadOrNotByEveryReader(@ForAll("changed") String text) {
        TreeHead.parse(text).ifPresent(head -> assertThat(head.head().size()).isNotNegative());
        Receipt.parse(text);
        InclusionProof.find(text);
        VerifyingKey.parse(text).ifPresent(key -> assertThat(key.bytes()).hasSize(32));
        SigningKey.parse(text);
        assertThat(Note.parse(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))).isNotNull();
    }
}
