package org.heshi.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Very many ask. */
class PaceTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
    private final Pace pace = new Pace(now::get);

    private void ask(int many) {
        for (int i = 0; i < many; i++) {
            pace.tryStep("test", "address " + i, 600);
        }
    }

    @Test
    void whoHasPaidIsLookedForOnceASecondAndNotAtEveryQuestion() {
        ask(10_100);
        now.set(now.get().plusMillis(200));
        assertThat(pace.tryStep("test", "one more", 600)).isTrue();
        assertThat(pace.known()).isEqualTo(10_101);
        now.set(now.get().plusMillis(800));
        assertThat(pace.tryStep("test", "and another", 600)).isTrue();
        assertThat(pace.known()).isEqualTo(1);
    }

    @Test
    void noMoreAddressesAreHeldThanThereIsRoomFor() {
        ask(Pace.MOST_HELD);
        assertThat(pace.tryStep("test", "one more", 600)).isFalse();
        assertThat(pace.known()).isEqualTo(Pace.MOST_HELD);
        assertThat(pace.tryStep("test", "address 7", 600)).as("who is known asks on").isTrue();
        assertThat(pace.tryStep(UUID.randomUUID())).as("so does a program").isTrue();
        now.set(now.get().plusSeconds(2));
        assertThat(pace.tryStep("test", "one more", 600)).isTrue();
    }
}
