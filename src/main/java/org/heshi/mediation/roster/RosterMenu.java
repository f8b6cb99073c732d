package org.heshi.mediation.roster;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the roster. */
@Configuration(proxyBeanMethods = false)
class RosterMenu {

    @Bean
    MenuItem mediatorsItem() {
        return new MenuItem("mediation.roster.menu", "/mediation/mediators", "people", 29, Set.of("mediator", "head", "dispatcher", "supervisor"));
    }

    /** Among what administrators keep: not where they begin. */
    @Bean
    MenuItem keptMediatorsItem() {
        return new MenuItem("mediation.roster.menu", "/mediation/mediators", "people", 115, Set.of("administrator"));
    }
}
