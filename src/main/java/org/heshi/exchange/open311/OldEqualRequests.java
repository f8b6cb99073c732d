package org.heshi.exchange.open311;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets what requests said that no other will be held against. */
@Configuration(proxyBeanMethods = false)
class OldEqualRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OldEqualRequests.class);

    @Bean
    Repeating equalRequestsNoMore(SentRequests sent) {
        return new Repeating("equal requests of Open311", Duration.ofMinutes(15), sent::forgetEqual, e -> LOG.error("old requests of Open311 could not be forgotten", e));
    }
}
