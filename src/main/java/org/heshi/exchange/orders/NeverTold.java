package org.heshi.exchange.orders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.exchange.webhook.Offices;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Looks at what waits for programs and lays aside what never can be told: its matter is gone or about their office, or the mapping fails at it. What can be told is looked
 * at again when its matter changed, and else after a pause that grows: a program that never asks costs next to nothing.
 */
@Component
@ConditionalOnWebApplication
class NeverTold {

    private static final Logger LOG = LoggerFactory.getLogger(NeverTold.class);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final int AT_ONCE = 100;

    private final OrderRows rows;
    private final Results results;

    NeverTold(OrderRows rows, Results results) {
        this.rows = rows;
        this.results = results;
    }

    @Bean
    static Repeating ordersNeverTold(NeverTold never) {
        return new Repeating("orders never told", REST, never::round, e -> LOG.error("what waits for programs could not be looked through, it is tried again", e));
    }

    void round() {
        List<OrderRows.Waiting> some = rows.toLookAt(AT_ONCE);
        if (some.isEmpty()) {
            return;
        }
        Map<UUID, Offices.Office> offices = results.offices();
        List<UUID> waitOn = new ArrayList<>();
        for (OrderRows.Waiting one : some) {
            if (!laidAside(one, offices)) {
                waitOn.add(one.id());
            }
        }
        rows.later(waitOn);
    }

    private boolean laidAside(OrderRows.Waiting one, Map<UUID, Offices.Office> offices) {
        try {
            return switch (results.tried(one, offices)) {
                case Results.Written.Never _ -> {
                    rows.dead(one.id(), "not-any-more");
                    yield true;
                }
                case Results.Written.NotMade(var why) -> {
                    LOG.error("{} {} of {} cannot be written by its mapping", one.what().code(), one.id(), one.client(), why);
                    rows.dead(one.id(), "not-made");
                    yield true;
                }
                case Results.Written.Made _, Results.Written.NotNow _ -> false;
            };
        } catch (RuntimeException e) {
            // it holds up nothing else, and comes again with the others
            LOG.error("{} {} of {} could not be looked at, it comes again", one.what().code(), one.id(), one.client(), e);
            return false;
        }
    }
}
