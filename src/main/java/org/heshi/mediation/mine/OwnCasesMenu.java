package org.heshi.mediation.mine;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in for mediators. */
@Configuration(proxyBeanMethods = false)
class OwnCasesMenu {

    @Bean
    MenuItem mediationItem() {
        return new MenuItem("mediation.mine.menu", "/mediation", "scale", 12, Set.of("mediator"));
    }
}
