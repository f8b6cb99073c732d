package org.heshi.supervision.watch;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the room. */
@Configuration(proxyBeanMethods = false)
class SupervisionMenu {

    @Bean
    MenuItem supervisionItem() {
        return new MenuItem("supervision.menu", "/supervision", "whistle", 27, Set.of("supervisor", "head", "dispatcher"));
    }
}
