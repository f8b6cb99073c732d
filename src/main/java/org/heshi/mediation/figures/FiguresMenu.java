package org.heshi.mediation.figures;

import java.util.Set;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in to the statistics. */
@Configuration(proxyBeanMethods = false)
class FiguresMenu {

    @Bean
    MenuItem mediationFiguresItem() {
        return new MenuItem("mediation.figures.menu", "/mediation/figures", "board", 30, Set.of("mediator", "head", "supervisor", "dispatcher", "auditor"));
    }
}
