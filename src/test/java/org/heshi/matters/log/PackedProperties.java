package org.heshi.matters.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    /** The dictionary is for ever: bytes that were packed with it years ago are read with it. */
    @Example
    void theDictionaryIsTheOneThatLogsWerePackedWith() throws Exception {
        try (var in = Packed.class.getResourceAsStream("/log/entry-1.dictionary")) {
            assertThat(Digests.hex(Digests.of(in.readAllBytes()))).isEqualTo("e9249e9e4c3b88dd04d16e2173985fdbe8958c477e65eefdc510388fd45f7a9f");
        }
        assertThat(Packed.pack(USUAL).length).isLessThan(USUAL.length() * 2 / 5);
    }
}
