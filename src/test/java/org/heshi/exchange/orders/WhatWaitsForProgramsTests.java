package org.heshi.exchange.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.heshi.exchange.webhook.Offices;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

/** The round that lays aside what never can be told. */
class WhatWaitsForProgramsTests {

    private static final List<OrderRows.Waiting> SOME = LongStream.rangeClosed(1, 4).mapToObj(n -> new OrderRows.Waiting(new UUID(1, n), new UUID(2, 2), "1", "department", new UUID(3, n),
            OrderRows.What.ASSIGNED, 1, n, "open", Instant.EPOCH, Optional.empty())).toList();

    @Test
    void isNotHeldUpByOneRowAtWhichTheDatabaseFails() {
        List<UUID> dead = new ArrayList<>();
        List<UUID> later = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        OrderRows rows = new OrderRows(null, null, null, null) {
            @Override
            List<Waiting> toLookAt(int most) {
                return SOME;
            }

            @Override
            void dead(UUID id, String why) {
                dead.add(id);
            }

            @Override
            void later(List<UUID> ids) {
                later.addAll(ids);
            }
        };
        Results results = new Results(null, null, null, null, null, null, null, null) {
            @Override
            Map<UUID, Offices.Office> offices() {
                asked.add(1);
                return Map.of();
            }

            @Override
            Written tried(OrderRows.Waiting one, Map<UUID, Offices.Office> offices) {
                return switch ((int) one.position()) {
                    case 1 -> throw new QueryTimeoutException("too slow");
                    case 2 -> new Written.Never();
                    case 3 -> new Written.NotMade(new IllegalStateException("no such member"));
                    default -> new Written.NotNow();
                };
            }
        };
        new NeverTold(rows, results).round();
        assertThat(dead).containsExactly(SOME.get(1).id(), SOME.get(2).id());
        assertThat(later).as("they wait on").containsExactly(SOME.get(0).id(), SOME.get(3).id());
        assertThat(asked).as("who programs are is asked once a round, not once a row").hasSize(1);
    }
}
