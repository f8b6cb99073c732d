package org.heshi.statistics.board;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the figures. */
@Configuration(proxyBeanMethods = false)
class DashboardMenu {

    @Bean
    MenuItem dashboardItem() {
        return new MenuItem("figures.menu", "/figures", "flow", 26, Set.of("supervisor", "head", "dispatcher", "verifier", "auditor", "handler", "grid-worker"));
    }
}
