package org.heshi.matters.templates;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the ready words. */
@Configuration(proxyBeanMethods = false)
class TemplatesMenu {

    @Bean
    MenuItem templatesItem() {
        return new MenuItem("matters.templates.menu", "/templates", "pen", 160, Set.of("administrator"));
    }
}
