package org.heshi.mediation.calendar;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the calendar. */
@Configuration(proxyBeanMethods = false)
class SittingsMenu {

    @Bean
    MenuItem sittingsItem() {
        return new MenuItem("mediation.calendar.menu", "/mediation/calendar", "calendar", 28, Set.of("mediator"));
    }
}
