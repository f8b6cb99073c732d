package org.heshi.exchange.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which order became which matter, and what waits to be taken, in PostgreSQL; read and written by the program itself only. */
@Repository
class OrderRows {

    private static final Actor SELF = new Actor.Machine("orders");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    OrderRows(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Order(UUID client, String number, String mapping, UUID matter) {
    }

    record Result(UUID id, UUID client, String number, String mapping, UUID matter, int seq, String state, Instant at) {
    }

    Optional<Order> find(UUID client, String number) {
        return inside(() -> jdbc.sql("select * from exchange.order_in where client = ? and number = ?").param(client).param(number).query(OrderRows::order).optional());
    }

    Optional<Order> of(UUID client, UUID matter) {
        return inside(() -> jdbc.sql("select * from exchange.order_in where client = ? and matter = ?").param(client).param(matter).query(OrderRows::order).optional());
    }

    void keep(Order order) {
        inside(() -> jdbc.sql("insert into exchange.order_in (client, number, mapping, matter, at) values (?, ?, ?, ?, ?) on conflict do nothing")
                .param(order.client()).param(order.number()).param(order.mapping()).param(order.matter()).param(now()).update());
    }

    /** What waits for that program, the oldest first. */
    List<Result> waiting(UUID client, String mapping, int most) {
        return inside(() -> jdbc.sql("select * from exchange.order_result where client = ? and mapping = ? and taken_at is null order by position limit ?")
                .param(client).param(mapping).param(most).query(OrderRows::result).list());
    }

    Optional<Result> result(UUID client, UUID id) {
        return inside(() -> jdbc.sql("select * from exchange.order_result where client = ? and id = ?").param(client).param(id).query(OrderRows::result).optional());
    }

    void taken(UUID id) {
        inside(() -> jdbc.sql("update exchange.order_result set taken_at = ?, how = 'pulled' where id = ? and taken_at is null").param(now()).param(id).update());
    }

    /** Within the transaction of who calls: it was sent, whether it was written down already or not. */
    void pushed(Order order, int seq, long position, String state, Instant at) {
        jdbc.sql("""
                insert into exchange.order_result (id, client, number, mapping, matter, seq, position, state, at, taken_at, how)
                values (:id, :client, :number, :mapping, :matter, :seq, :position, :state, :at, :now, 'pushed')
                on conflict (position) do update set taken_at = excluded.taken_at, how = excluded.how where order_result.taken_at is null""")
                .param("id", Uuid7.at(at)).param("client", order.client()).param("number", order.number()).param("mapping", order.mapping()).param("matter", order.matter())
                .param("seq", seq).param("position", position).param("state", state).param("at", at.atOffset(ZoneOffset.UTC)).param("now", now()).update();
    }

    void forget(UUID matter) {
        jdbc.sql("delete from exchange.order_result where matter = ?").param(matter).update();
        jdbc.sql("delete from exchange.order_in where matter = ?").param(matter).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> work.get())));
    }

    private static Order order(ResultSet r, int n) throws SQLException {
        return new Order(r.getObject("client", UUID.class), r.getString("number"), r.getString("mapping"), r.getObject("matter", UUID.class));
    }

    private static Result result(ResultSet r, int n) throws SQLException {
        return new Result(r.getObject("id", UUID.class), r.getObject("client", UUID.class), r.getString("number"), r.getString("mapping"), r.getObject("matter", UUID.class),
                r.getInt("seq"), r.getString("state"), r.getObject("at", OffsetDateTime.class).toInstant());
    }
}
