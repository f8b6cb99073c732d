package org.heshi.mediation.unusual;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in for supervisors and auditors. */
@Configuration(proxyBeanMethods = false)
class UnusualMenu {

    @Bean
    MenuItem unusualAgreementsItem() {
        return new MenuItem("mediation.unusual.menu", "/mediation/unusual", "alert", 32, Set.of("supervisor", "auditor"));
    }
}
