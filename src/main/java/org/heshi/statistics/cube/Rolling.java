package org.heshi.statistics.cube;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds what was counted to the cells, and sums months that are over. Readers see the same figures before and after. */
@Component
class Rolling {

    private static final Logger LOG = LoggerFactory.getLogger(Rolling.class);
    private static final int MONTHS = 500;

    private final KeptCells kept;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Rolling(KeptCells kept, @Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions, InstantSource clock) {
        this.kept = kept;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @return how many rows waited */
    int roll() {
        if (!jdbc.sql("select exists (select from statistics.pending)").query(Boolean.class).single()) {
            return 0;
        }
        return Objects.requireNonNull(transactions.execute(_ -> {
            kept.lock();
            return kept.roll();
        }));
    }

    /** Sums every month before this one whose days changed. */
    void months() {
        int summed;
        do {
            summed = Objects.requireNonNull(transactions.execute(_ -> {
                kept.lock();
                return kept.months(CivilTime.dateOf(clock.instant()).withDayOfMonth(1), MONTHS);
            }));
        } while (summed == MONTHS);
    }

    @Configuration(proxyBeanMethods = false)
    static class Rounds {

        @Bean
        Repeating rollingOfFigures(Rolling rolling) {
            return new Repeating("rolling of figures", Duration.ofSeconds(2), rolling::roll, e -> LOG.error("figures could not be added up, tried again", e));
        }

        @Bean
        Repeating monthsOfFigures(Rolling rolling) {
            return new Repeating("months of figures", Duration.ofMinutes(1), rolling::months, e -> LOG.error("months of figures could not be added up, tried again", e));
        }
    }
}
