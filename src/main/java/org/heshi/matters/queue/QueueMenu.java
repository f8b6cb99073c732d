package org.heshi.matters.queue;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways in to the lists. */
@Configuration(proxyBeanMethods = false)
class QueueMenu {

    @Bean
    MenuItem queueItem() {
        return new MenuItem("matters.queue.menu", "/queue", "tray", 10, Set.of("window-clerk", "dispatcher", "handler", "head", "grid-worker",
                "mediator", "verifier"));
    }

    @Bean
    MenuItem mattersItem() {
        return new MenuItem("matters.list.menu", "/matters", "list", 30, Set.of("window-clerk", "dispatcher", "handler", "head", "grid-worker",
                "mediator", "verifier", "supervisor"));
    }
}
