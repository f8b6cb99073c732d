package org.heshi.mediation.allowance;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the ledger. */
@Configuration(proxyBeanMethods = false)
class AllowanceMenu {

    @Bean
    MenuItem allowancesItem() {
        return new MenuItem("mediation.allowance.menu", "/mediation/allowance/unit", "list", 31, Set.of("head", "supervisor", "auditor"));
    }
}
