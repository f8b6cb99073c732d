package org.heshi.identity.account;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erases what was written of accounts when its term is over. */
@Configuration(proxyBeanMethods = false)
class EventsKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(EventsKeeper.class);

    @Bean
    Repeating oldEvents(AccountEvents events) {
        return new Repeating("events of accounts", Duration.ofHours(6), events::forget, e -> LOG.error("old events of accounts could not be erased", e));
    }
}
