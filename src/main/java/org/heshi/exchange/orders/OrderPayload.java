package org.heshi.exchange.orders;

import java.util.Optional;
import java.util.UUID;
import org.heshi.exchange.orders.OrderRows.What;
import org.heshi.exchange.webhook.Delivery;
import org.heshi.exchange.webhook.Payload;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What waits for a program, sent to its address; sent and taken, it waits no more. */
record OrderPayload(String type, What what, OrderRows rows, Results results) implements Payload {

    @Override
    public Optional<String> of(Delivery delivery, UUID client) {
        return rows.at(client, delivery.position(), what).flatMap(waiting -> switch (results.write(waiting)) {
            case Results.Written.Made(var body) -> Optional.of(body.toString());
            case Results.Written.Never _ -> Optional.empty();
            case Results.Written.NotMade(var why) -> throw why;
            case Results.Written.NotNow _ -> throw new NotNow();
        });
    }

    @Override
    public void taken(Delivery delivery, UUID client) {
        rows.pushed(client, delivery.position(), what);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Payloads {

        @Bean
        Payload resultsOfOrders(OrderRows rows, Results results) {
            return new OrderPayload(Delivery.RESULT, What.RESULT, rows, results);
        }

        @Bean
        Payload statesOfOrders(OrderRows rows, Results results) {
            return new OrderPayload(Delivery.STATUS, What.STATUS, rows, results);
        }

        @Bean
        Payload ordersToAgencies(OrderRows rows, Results results) {
            return new OrderPayload(Delivery.ASSIGNED, What.ASSIGNED, rows, results);
        }

        @Bean
        Payload ordersTakenAway(OrderRows rows, Results results) {
            return new OrderPayload(Delivery.ENDED, What.ENDED, rows, results);
        }
    }
}
