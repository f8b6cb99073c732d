package org.heshi.bench.year;

import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import org.springframework.context.annotation.Primary;

/** The time of the year that is played: of each who acts their own, of everybody else the beginning of the hour that is on. */
@TestConfiguration(proxyBeanMethods = false)
class Moved {

    static volatile Instant hour = Instant.EPOCH;
    static final ThreadLocal<Instant> OWN = new ThreadLocal<>();

    @Bean
    @Primary
    InstantSource movedClock() {
        return () -> {
            Instant own = OWN.get();
            return own == null ? hour : own;
        };
    }
}
