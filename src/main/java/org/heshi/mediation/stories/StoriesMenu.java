package org.heshi.mediation.stories;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in for those who write typical cases. */
@Configuration(proxyBeanMethods = false)
class StoriesMenu {

    @Bean
    MenuItem storiesItem() {
        return new MenuItem("mediation.stories.own", "/mediation/stories", "pen", 33, Set.of("mediator", "head"));
    }
}
