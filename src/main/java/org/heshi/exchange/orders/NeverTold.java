package org.heshi.exchange.orders;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Goes round through what waits for programs and lays aside what never can be told: its matter is gone or about their office, or the mapping fails at it. */
@Component
@ConditionalOnWebApplication
class NeverTold {

    private static final Logger LOG = LoggerFactory.getLogger(NeverTold.class);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final int AT_ONCE = 100;

    private final OrderRows rows;
    private final Results results;
    private Optional<OrderRows.Waiting> last = Optional.empty();

    NeverTold(OrderRows rows, Results results) {
        this.rows = rows;
        this.results = results;
    }

    @Bean
    static Repeating ordersNeverTold(NeverTold never) {
        return new Repeating("orders never told", REST, never::round, e -> LOG.error("what waits for programs could not be looked through, it is tried again", e));
    }

    /** The next hundred; behind the last one it begins anew. */
    void round() {
        List<OrderRows.Waiting> some = rows.waiting(last, AT_ONCE);
        for (OrderRows.Waiting one : some) {
            switch (results.tried(one)) {
                case Results.Written.Never _ -> rows.dead(one.id(), "not-any-more");
                case Results.Written.NotMade(var why) -> {
                    LOG.error("{} {} of {} cannot be written by its mapping", one.what().code(), one.id(), one.client(), why);
                    rows.dead(one.id(), "not-made");
                }
                case Results.Written.Made _, Results.Written.NotNow _ -> {
                }
            }
        }
        last = some.size() < AT_ONCE ? Optional.empty() : Optional.of(some.getLast());
    }
}
