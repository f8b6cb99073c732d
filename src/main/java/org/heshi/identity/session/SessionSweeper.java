package org.heshi.identity.session;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erases visits that have ended. */
@Configuration(proxyBeanMethods = false)
class SessionSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSweeper.class);

    @Bean
    Repeating endedVisits(SessionsJdbc sessions) {
        return new Repeating("ended visits", Duration.ofMinutes(5), sessions::sweep, e -> LOG.error("ended visits could not be erased", e));
    }
}
