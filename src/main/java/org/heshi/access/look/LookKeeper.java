package org.heshi.access.look;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erases questions when their time is over. */
@Configuration(proxyBeanMethods = false)
class LookKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LookKeeper.class);

    @Bean
    Repeating oldQuestions(LooksJdbc looks) {
        return new Repeating("questions about looking", Duration.ofHours(1), looks::forget, e -> LOG.error("old questions about looking could not be erased", e));
    }
}
