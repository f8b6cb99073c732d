package org.heshi.search.page;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the search. */
@Configuration(proxyBeanMethods = false)
class SearchMenu {

    @Bean
    MenuItem searchMenuItem() {
        return new MenuItem("search.menu", "/search", "search", 40, Set.of("window-clerk", "dispatcher", "handler", "head", "grid-worker", "mediator",
                "verifier", "supervisor", "auditor"));
    }
}
