package org.heshi.matters.api;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets which request a key was made for. */
@Configuration(proxyBeanMethods = false)
class OldRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OldRequests.class);

    @Bean
    Repeating oldProgramRequests(ClientMatters matters) {
        return new Repeating("old requests of programs", Duration.ofHours(1), matters::forget, e -> LOG.error("old requests of programs could not be forgotten", e));
    }
}
