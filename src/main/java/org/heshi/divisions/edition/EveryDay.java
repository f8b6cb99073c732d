package org.heshi.divisions.edition;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks now and then whether codes have ended, and always when a day begins, so that what was entered before its day is followed on it. */
@Configuration(proxyBeanMethods = false)
class EveryDay {

    private static final Logger LOG = LoggerFactory.getLogger(EveryDay.class);
    private static final Duration TICK = Duration.ofSeconds(5);

    @Bean
    Repeating placesThatEnd(MovingOn moving, InstantSource clock) {
        return new Repeating("places that end", TICK, new Rounds(moving::whenItIsTime, clock), e -> LOG.error("what stands on ended codes of places could not be moved, it is tried again", e));
    }

    /** Does it every ten minutes, at the first moment of each day, and a minute after it failed. */
    static final class Rounds implements Runnable {

        private static final Duration USUAL = Duration.ofMinutes(10);
        private static final Duration AGAIN = Duration.ofMinutes(1);

        private final Runnable round;
        private final InstantSource clock;
        private Instant next = Instant.MIN;

        Rounds(Runnable round, InstantSource clock) {
            this.round = round;
            this.clock = clock;
        }

        @Override
        public void run() {
            Instant now = clock.instant();
            if (now.isBefore(next)) {
                return;
            }
            next = now.plus(AGAIN);
            round.run();
            Instant midnight = CivilTime.startOf(CivilTime.dateOf(now).plusDays(1));
            next = now.plus(USUAL).isBefore(midnight) ? now.plus(USUAL) : midnight;
        }
    }
}
