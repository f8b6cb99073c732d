package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of pages come back as they went, and nothing else is taken for one. */
class PageKeyTests {

    @Property
    void comesBackToTheMicrosecond(@ForAll @LongRange(min = 0, max = 4_102_444_800_000_000_000L) long nanos) {
        Instant at = Instant.EPOCH.plusNanos(nanos);
        assertThat(PageKey.instant(PageKey.of(at))).contains(at.truncatedTo(ChronoUnit.MICROS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "zzzzzzzzzzzzz", "a.b", "A"})
    void isNothingThatWasNeverWritten(String text) {
        assertThat(PageKey.instant(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "00000000-0000-7000-8000-00000000000", "00000000-0000-7000-8000-0000000000000", "00000000-0000-7000-8000-00000000000g"})
    void takesNoShortenedIdForAWholeOne(String text) {
        assertThat(Ids.find(text)).isEmpty();
        UUID id = UUID.fromString("0192aa00-0000-7000-8000-0000000000ff");
        assertThat(Ids.find(id.toString())).contains(id);
    }
}
