package org.heshi.matters.board;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the board. */
@Configuration(proxyBeanMethods = false)
class BoardMenu {

    @Bean
    MenuItem boardItem() {
        return new MenuItem("matters.board.menu", "/board", "board", 25, Set.of("supervisor", "auditor"));
    }
}
