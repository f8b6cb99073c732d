package org.heshi.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The time of the machine, and of tests that are ahead of it for a while. Visits end by the machine's time, so they are not made meanwhile. */
@TestConfiguration(proxyBeanMethods = false)
class MovedTime {

    private static final InstantSource MACHINE = InstantSource.system();
    private static volatile Duration ahead = Duration.ZERO;

    /** Does something when it is so late. */
    static void at(Instant time, Runnable what) {
        Duration needed = Duration.between(MACHINE.instant(), time);
        ahead = needed.isNegative() ? Duration.ZERO : needed;
        try {
            what.run();
        } finally {
            ahead = Duration.ZERO;
        }
    }

    @Bean
    @Primary
    InstantSource movedClock() {
        return () -> MACHINE.instant().plus(ahead);
    }
}
