package org.heshi.divisions.finding;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lays the names in the background once the program serves, so that nobody's first search waits for 665,000 of them. */
@Component
@ConditionalOnWebApplication
class WarmNames {

    private final Finder finder;

    WarmNames(Finder finder) {
        this.finder = finder;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        Thread.ofVirtual().name("places").start(finder::warm);
    }
}
