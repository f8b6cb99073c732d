package org.heshi.privacy.keeping;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways in to the room. */
@Configuration(proxyBeanMethods = false)
class PrivacyMenu {

    @Bean
    MenuItem keepingItem() {
        return new MenuItem("privacy.menu.keeping", "/privacy/keeping", "shield", 28, Set.of("supervisor", "auditor"));
    }

    @Bean
    MenuItem requestsItem() {
        return new MenuItem("privacy.menu.requests", "/privacy/requests", "people", 29, Set.of("window-clerk", "dispatcher", "supervisor", "auditor"));
    }

    @Bean
    MenuItem incidentsItem() {
        return new MenuItem("privacy.menu.incidents", "/privacy/incidents", "alert", 30, Set.of("supervisor", "auditor"));
    }
}
