package org.heshi.bill.edition;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks every hour whether a draft is to be made. Two nodes that do make one: the later takes the place of the earlier. */
@Configuration(proxyBeanMethods = false)
class Monthly {

    private static final Logger LOG = LoggerFactory.getLogger(Monthly.class);

    @Bean
    Repeating monthlyDrafts(MakeEdition make) {
        return new Repeating("the public bill", Duration.ofHours(1), make::whenItIsTime, e -> LOG.error("the draft of the public bill could not be made", e));
    }
}
