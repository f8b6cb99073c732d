package org.heshi.identity.client;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erases tokens of programs whose time is over. */
@Configuration(proxyBeanMethods = false)
class TokenSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(TokenSweeper.class);

    @Bean
    Repeating oldTokens(Clients clients) {
        return new Repeating("old tokens", Duration.ofMinutes(15), clients::forget, e -> LOG.error("old tokens could not be erased", e));
    }
}
