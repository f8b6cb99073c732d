package org.heshi.matters.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.Deflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

/** What lies packed in the log comes out to the last byte, whatever it says. */
class PackedProperties {

    private static final String USUAL = "{\"action\":\"accept\",\"actor\":{\"kind\":\"staff\",\"person\":\"018cc251-f400-7bfc-8431-962f4c0511e9\"},\"audience\":[\"reporter\",\"staff\"],"
            + "\"commitments\":[],\"data\":{},\"from\":\"grid-event.assigned\",\"fromProcedure\":1,\"kind\":\"grid-event\",\"previous\":\"5f873745728dfa70cdb822d890f6f47bb9b18d496075078f7a38aa2a1a4fdf9c\"}";

    @Property
    void comesOutAsItWentIn(@ForAll @StringLength(max = 20_000) String words) {
        // what canonical JSON never holds: half of a pair
        String said = new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(Packed.unpack(Packed.pack(said))).isEqualTo(said.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void nothingElseComesOutOfDamagedBytes(@ForAll @NotEmpty byte[] bytes) {
        try {
            Packed.unpack(bytes);
        } catch (IllegalArgumentException _) {
            // refused, and no other way
        }
    }

    @Property(tries = 200)
    void bytesThatEndTooEarlyAreRefused(@ForAll @net.jqwik.api.constraints.IntRange(max = 80) int length) {
        byte[] packed = Packed.pack(USUAL);
        assertThatThrownBy(() -> Packed.unpack(Arrays.copyOf(packed, Math.min(length, packed.length - 1)))).isInstanceOf(IllegalArgumentException.class);
    }

    private static final UUID MATTER = UUID.fromString("018cc251-f400-7bfc-8431-962f4c0511aa");
    private static final UUID PERSON = UUID.fromString("018cc251-f400-7bfc-8431-962f4c0511e9");
    private static final Packed.Row BESIDE = new Packed.Row(MATTER, null, null, PERSON, null, Instant.parse("2025-03-04T05:06:07.089Z"));

    /** Strings that look like ids, digests, numbers and times, and nearly so. */
    @Provide
    Arbitrary<String> contents() {
        Arbitrary<String> hex = Arbitraries.strings().withChars("0123456789abcdefA").ofLength(64);
        Arbitrary<String> base = Arbitraries.strings().withChars("ABCabc019_-+").ofLength(43);
        Arbitrary<String> id = Arbitraries.of(MATTER.toString(), PERSON.toString(), PERSON.toString().toUpperCase(Locale.ROOT), "1-2-3-4-5", "0".repeat(36))
                .map(said -> said + "0".repeat(36 - said.length()));
        Arbitrary<String> time = Arbitraries.of("2025-03-04T05:06:07.089Z", "2025-03-04T05:06:07Z", "2025-03-04T24:00:00Z", "2025-02-30T05:06:07Z", "1969-12-31T23:59:59Z",
                "2106-02-07T06:28:16Z", "9999-12-31T23:59:59.999Z", "2025-03-04T05:06:07.000Z", "2025-03-04t05:06:07Z", "0000-01-01T00:00:00Z");
        Arbitrary<String> number = Arbitraries.strings().withCharRange('0', '9').ofLength(13);
        Arbitrary<String> words = Arbitraries.strings().withChars("\"\\:,[]{}路灯a0").ofMaxLength(40);
        return Arbitraries.oneOf(hex, base, id, time, number, words, Arbitraries.of("0".repeat(64))).list().ofMaxSize(12).map(all -> "\"" + String.join("\",\"", all) + "\"");
    }

    @Property
    void whatLooksLikeAnIdComesOutAsItWentIn(@ForAll("contents") String said) {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        assertThat(Packed.unpack(Packed.pack(said))).isEqualTo(bytes);
        assertThat(Packed.unpack(Packed.pack(said, BESIDE), BESIDE)).isEqualTo(bytes);
    }

    @Property
    void nothingElseComesOutOfWhatLiesBehind(@ForAll byte[] behind, @ForAll @StringLength(max = 30) @CharRange(from = 0, to = 'z') String rest) {
        try {
            Taken.in(rest.getBytes(StandardCharsets.UTF_8), behind, BESIDE);
        } catch (IllegalArgumentException _) {
            // refused, and no other way
        }
    }

    @Example
    void whatIsLeftToTheRowIsNotReadWithoutIt() {
        String said = USUAL.replace("\"kind\":\"grid-event\"", "\"kind\":\"grid-event\",\"matter\":\"" + MATTER + "\"");
        byte[] packed = Packed.pack(said, BESIDE);
        assertThat(packed.length).isLessThanOrEqualTo(Packed.pack(said).length - 32);
        assertThatThrownBy(() -> Packed.unpack(packed)).isInstanceOf(IllegalArgumentException.class);
        Packed.Row other = new Packed.Row(PERSON, null, null, PERSON, null, null);
        assertThat(Packed.unpack(packed, other)).as("another row gives another content, whose digest is another").isNotEqualTo(said.getBytes(StandardCharsets.UTF_8));
    }

    /** As it was packed until 2026. */
    @Example
    void whatWasPackedWholeIsRead() throws Exception {
        try (var in = Packed.class.getResourceAsStream("/log/entry-1.dictionary"); Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setDictionary(in.readAllBytes());
            deflater.setInput(USUAL.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            byte[] packed = new byte[2_000];
            packed[0] = 1;
            assertThat(Packed.unpack(Arrays.copyOf(packed, 1 + deflater.deflate(packed, 1, 1_999)))).isEqualTo(USUAL.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The dictionary is for ever: bytes that were packed with it years ago are read with it. */
    @Example
    void theDictionaryIsTheOneThatLogsWerePackedWith() throws Exception {
        try (var in = Packed.class.getResourceAsStream("/log/entry-1.dictionary")) {
            assertThat(Digests.hex(Digests.of(in.readAllBytes()))).isEqualTo("e9249e9e4c3b88dd04d16e2173985fdbe8958c477e65eefdc510388fd45f7a9f");
        }
        try (var in = Packed.class.getResourceAsStream("/log/entry-2.dictionary")) {
            assertThat(Digests.hex(Digests.of(in.readAllBytes()))).isEqualTo("50d273b55d1a51a7487b02cd74faef84f6c05a0fb0551ba569f2b1aa1e195632");
        }
        assertThat(Packed.pack(USUAL).length).isLessThan(USUAL.length() * 3 / 10);
    }
}
