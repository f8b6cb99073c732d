package org.heshi.exchange.orders;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what was handed back of orders that came in here, so that their programs find it. An entry given twice changes nothing. */
@Component
class OrderFollower implements Follower {

    private static final String HAND_BACK = "hand-back";

    private final JdbcClient jdbc;

    OrderFollower(@Qualifier("follower") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        List<LoggedEntry> handed = batch.stream().filter(entry -> entry.action().equals(HAND_BACK)).toList();
        if (handed.isEmpty()) {
            return;
        }
        Map<UUID, OrderRows.Order> orders = new HashMap<>();
        jdbc.sql("select client, number, mapping, matter from exchange.order_in where matter = any (?)").param(handed.stream().map(LoggedEntry::matter).toArray(UUID[]::new))
                .query(r -> {
                    OrderRows.Order order = new OrderRows.Order(r.getObject("client", UUID.class), r.getString("number"), r.getString("mapping"), r.getObject("matter", UUID.class));
                    orders.put(order.matter(), order);
                });
        for (LoggedEntry entry : handed) {
            OrderRows.Order order = orders.get(entry.matter());
            if (order != null) {
                jdbc.sql("""
                        insert into exchange.order_result (id, client, number, mapping, matter, seq, position, state, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (position) do nothing""")
                        .params(Uuid7.at(entry.recordedAt()), order.client(), order.number(), order.mapping(), order.matter(), entry.seq(), entry.position(), entry.toState(),
                                entry.recordedAt().atOffset(ZoneOffset.UTC)).update();
            }
        }
    }
}
