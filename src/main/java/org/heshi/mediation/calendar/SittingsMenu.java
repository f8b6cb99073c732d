package org.heshi.mediation.calendar;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to one's own sittings and to the rooms. */
@Configuration(proxyBeanMethods = false)
class SittingsMenu {

    @Bean
    MenuItem sittingsItem() {
        return new MenuItem("mediation.calendar.menu", "/mediation/calendar", "calendar", 29, Set.of("mediator", "handler", "head", "dispatcher", "window-clerk"));
    }
}
