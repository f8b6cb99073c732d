package org.heshi.matters.desk;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to registering. */
@Configuration(proxyBeanMethods = false)
class DeskMenu {

    @Bean
    MenuItem roundItem() {
        return new MenuItem("matters.round.menu", "/desk/round", "check", 21, Set.of("grid-worker"));
    }

    @Bean
    MenuItem registerItem() {
        return new MenuItem("matters.desk.menu", "/desk/register", "plus", 20, Set.of("window-clerk", "dispatcher", "grid-worker"));
    }
}
