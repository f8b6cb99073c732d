package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatingTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void restsAsLongAsTheRoundSaysUntilItIsWoken() throws InterruptedException {
        LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
        Repeating repeating = new Repeating("test", () -> {
            done.add("round");
            return done.size() < 3 ? Duration.ZERO : LONG;
        }, _ -> LONG);
        repeating.start();
        List<String> first = List.of(taken(done));
        repeating.wake();
        assertThat(first).containsExactly("round");
        assertThat(taken(done)).isEqualTo("round");
        repeating.stop();
        assertThat(repeating.running()).isFalse();
    }

    @Test
    void tellsOfWhatFailedAndRestsAsItIsToldThen() throws InterruptedException {
        LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
        Repeating repeating = new Repeating("test", () -> {
            throw new IllegalStateException("busy");
        }, e -> {
            done.add(e.getMessage());
            return done.size() < 2 ? Duration.ZERO : LONG;
        });
        repeating.start();
        assertThat(taken(done)).isEqualTo("busy");
        assertThat(taken(done)).isEqualTo("busy");
        repeating.stop();
        assertThat(repeating.running()).isFalse();
    }

    private static String taken(LinkedBlockingQueue<String> done) throws InterruptedException {
        return done.poll(10, TimeUnit.SECONDS);
    }
}
