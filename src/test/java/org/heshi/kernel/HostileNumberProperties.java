package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is typed where a number or an id belongs, it is one or it is none; nothing breaks, and nothing that is none is taken for one. */
class HostileNumberProperties {

    @Provide
    Arbitrary<String> typed() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(60);
        Arbitrary<String> likeOne = Arbitraries.strings().withChars("0123456789０１٣७-－– \u00a0\u3000\t.e+xX\u200b\u202e\uD835\uDFCE").ofMaxLength(40);
        Arbitrary<String> one = Arbitraries.integers().between(0, 999).map(node -> MatterNumber.draw(node, 2026, new SecureRandom()).shown());
        Arbitrary<String> spoilt = one.flatMap(number -> Arbitraries.integers().between(0, number.length()).flatMap(at ->
                Arbitraries.strings().ofMaxLength(3).map(more -> number.substring(0, at) + more + number.substring(at))));
        return Arbitraries.oneOf(anything, likeOne, one, spoilt);
    }

    @Property(tries = 3000)
    void isANumberWithItsCheckDigitOrNone(@ForAll("typed") String typed) {
        Optional<MatterNumber> number = MatterNumber.parse(typed);
        number.ifPresent(found -> {
            assertThat(found.digits()).matches("[0-9]{13}");
            assertThat(MatterNumber.parse(found.shown())).contains(found);
            assertThat(typed.codePoints().filter(c -> Character.digit(c, 10) >= 0).count()).isGreaterThanOrEqualTo(13);
        });
    }

    @Property(tries = 2000)
    void isAnIdOrNone(@ForAll("typed") String typed, @ForAll long most, @ForAll long least) {
        Ids.find(typed).ifPresent(id -> assertThat(id.toString()).isEqualToIgnoringCase(typed));
        UUID id = new UUID(most, least);
        assertThat(Ids.find(id.toString())).contains(id);
        assertThat(Ids.find(id + typed).isPresent()).isEqualTo(typed.isEmpty());
    }

    @Property(tries = 2000)
    void cleansWordsToWhatCanBeWritten(@ForAll("typed") String typed) {
        String clean = Words.clean(typed);
        assertThat(clean).hasSizeLessThanOrEqualTo(typed.length()).doesNotContain("\u0000", "\u202e");
        assertThat(Words.clean(clean)).isEqualTo(clean);
    }
}
