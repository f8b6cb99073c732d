package org.heshi.matters.mine;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets residents' codes and accounts whose time is over. */
@Configuration(proxyBeanMethods = false)
class AccountSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSweeper.class);

    @Bean
    Repeating oldAccounts(ResidentAccounts accounts) {
        return new Repeating("accounts of residents", Duration.ofHours(1), accounts::forget, e -> LOG.error("old codes and accounts could not be erased", e));
    }
}
