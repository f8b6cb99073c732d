package org.heshi.divisions.edition;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks now and then whether codes have ended, so that what was entered before its day is followed on it. */
@Configuration(proxyBeanMethods = false)
class EveryDay {

    private static final Logger LOG = LoggerFactory.getLogger(EveryDay.class);

    @Bean
    Repeating placesThatEnd(MovingOn moving) {
        return new Repeating("places that end", Duration.ofMinutes(10), moving::whenItIsTime, e -> LOG.error("what stands on ended codes of places could not be moved", e));
    }
}
