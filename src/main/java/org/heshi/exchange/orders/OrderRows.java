package org.heshi.exchange.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.exchange.webhook.Delivery;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which order became which matter, which program takes our orders, and what waits to be taken, in PostgreSQL; read and written by the program itself only. */
@Repository
class OrderRows {

    private static final Actor.Machine SELF = new Actor.Machine("orders");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    /** What is told of an order that was taken away is told only to who took it. */
    private static final String KNOWN = "(o.ends is null or exists (select from exchange.order_result a where a.id = o.ends and a.taken_at is not null))";

    private final InstantSource clock;
    private final InnerScope inner;

    OrderRows(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, InnerScope inner) {
        this.inner = inner;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Order(UUID client, String number, String mapping, UUID matter) {
    }

    /** What waits for a program. */
    enum What {
        RESULT, STATUS, ASSIGNED, ENDED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Waiting(UUID id, UUID client, String number, String mapping, UUID matter, What what, int seq, long position, String state, Instant at,
            Optional<UUID> ends) {
    }

    Optional<String> connection(UUID client) {
        return inside(() -> jdbc.sql("select mapping from exchange.order_connection where client = ?").param(client).query(String.class).optional());
    }

    void connect(UUID client, String mapping) {
        inside(() -> jdbc.sql("insert into exchange.order_connection (client, mapping, at) values (?, ?, ?) on conflict (client) do update set mapping = excluded.mapping, at = excluded.at")
                .param(client).param(mapping).param(now()).update());
    }

    void disconnect(UUID client, String mapping) {
        inside(() -> jdbc.sql("delete from exchange.order_connection where client = ? and mapping = ?").param(client).param(mapping).update());
    }

    /** An order of ours that this program's unit leads now. */
    Optional<Order> assigned(UUID client, String mapping, String number) {
        return inside(() -> jdbc.sql("select * from exchange.order_result where client = ? and mapping = ? and number = ? and what = 'assigned' and until is null")
                .param(client).param(mapping).param(number).query(OrderRows::order).optional());
    }

    Optional<Order> find(UUID client, String number) {
        return inside(() -> jdbc.sql("select * from exchange.order_in where client = ? and number = ?").param(client).param(number).query(OrderRows::order).optional());
    }

    Optional<Order> of(UUID client, UUID matter) {
        return inside(() -> jdbc.sql("select * from exchange.order_in where client = ? and matter = ?").param(client).param(matter).query(OrderRows::order).optional());
    }

    /** Within the transaction of who calls, who makes the matter of it: neither is there without the other. */
    void keep(Order order) {
        inner.as(SELF, () -> jdbc.sql("insert into exchange.order_in (client, number, mapping, matter, at) values (?, ?, ?, ?, ?) on conflict do nothing")
                .param(order.client()).param(order.number()).param(order.mapping()).param(order.matter()).param(now()).update());
    }

    /** @param after a position; what waits for that program behind it, or what could not be written for it, the oldest first */
    List<Waiting> waiting(UUID client, String mapping, What what, boolean dead, long after, int most) {
        return inside(() -> jdbc.sql("select * from exchange.order_result o where client = ? and mapping = ? and what = ? and position > ? and taken_at is null and until is null and dead_at is "
                + (dead ? "not null" : "null") + " and " + KNOWN + " order by position limit ?")
                .param(client).param(mapping).param(what.code()).param(after).param(most).query(OrderRows::waiting).list());
    }

    /** What waits for anybody and is to be looked at by now, what was longest not first. */
    List<Waiting> toLookAt(int most) {
        return inside(() -> jdbc.sql("select * from exchange.order_result where taken_at is null and dead_at is null and until is null and look_at <= ? order by look_at limit ?")
                .param(now()).param(most).query(OrderRows::waiting).list());
    }

    /** They wait on and are looked at again after a pause, which doubles each time up to a day. One that somebody is at in this moment is looked at in the next round. */
    void later(List<UUID> ids) {
        if (!ids.isEmpty()) {
            inside(() -> jdbc.sql("""
                    update exchange.order_result set look_at = :now::timestamptz + least(interval '1 day', interval '4 seconds' * (1 << least(looks, 20))), looks = least(looks + 1, 30)
                     where id in (select id from exchange.order_result where id = any (:ids) and taken_at is null and dead_at is null and until is null for update skip locked)""")
                    .param("now", now()).param("ids", ids.toArray(UUID[]::new)).update());
        }
    }

    Optional<Waiting> find(UUID client, String mapping, What what, UUID id) {
        return inside(() -> jdbc.sql("select * from exchange.order_result where client = ? and mapping = ? and what = ? and id = ?").param(client).param(mapping).param(what.code())
                .param(id).query(OrderRows::waiting).optional());
    }

    /** Within the transaction of who calls, or alone. Not what is another unit's by now. */
    Optional<Waiting> at(UUID client, long position, What what) {
        return inside(() -> jdbc.sql("select * from exchange.order_result o where client = ? and position = ? and what = ? and until is null and " + KNOWN).param(client).param(position).param(what.code())
                .query(OrderRows::waiting).optional());
    }

    void dead(UUID id, String why) {
        inside(() -> jdbc.sql("update exchange.order_result set dead_at = ?, why = ? where id = ? and taken_at is null").param(now()).param(why).param(id).update());
    }

    /** It is tried once more. */
    void again(UUID id) {
        inside(() -> jdbc.sql("update exchange.order_result set dead_at = null, why = null, look_at = '-infinity', looks = 0 where id = ?").param(id).update());
    }

    /** It was fetched. */
    void taken(UUID id) {
        inside(() -> jdbc.sql("update exchange.order_result set taken_at = ?, how = 'pulled', dead_at = null, why = null where id = ? and taken_at is null returning id, matter")
                .param(now()).param(id).query(Heard.class).list().stream().mapToInt(this::tellOfEnd).sum());
    }

    /** Within the transaction of who calls: it was sent. */
    void pushed(UUID client, long position, What what) {
        jdbc.sql("""
                update exchange.order_result set taken_at = :now, how = 'pushed', dead_at = null, why = null
                 where client = :client and position = :position and what = :what and taken_at is null returning id, matter""")
                .param("now", now()).param("client", client).param("position", position).param("what", what.code()).query(Heard.class).list().forEach(this::tellOfEnd);
    }

    private record Heard(UUID id, UUID matter) {
    }

    /**
     * The order may have been taken away before its program was known to have heard of it. The follower and who comes here write the same row, one after the other: whoever
     * is second sends the word of its end.
     */
    private int tellOfEnd(Heard order) {
        return jdbc.sql("""
                insert into exchange.delivery (id, endpoint, type, matter, position, seq, number, to_state, at, state, due_at)
                select gen_random_uuid(), e.id, :type, o.matter, o.position, o.seq, case when o.number ~ '^[0-9]{13}$' then o.number else '' end, o.state, o.at, 'waiting',
                       greatest(:now::timestamptz, (select max(d.due_at) from exchange.delivery d where d.endpoint = e.id and d.matter = o.matter and d.state = 'waiting'))
                  from exchange.order_result o
                  join exchange.endpoint e on e.client = o.client and e.what = 'orders' and e.state in ('active', 'paused') and :type = any (e.events)
                 where o.matter = :matter and o.ends = :id and o.taken_at is null
                on conflict do nothing""")
                .param("type", Delivery.ENDED).param("now", now()).param("matter", order.matter()).param("id", order.id()).update();
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

    private static Waiting waiting(ResultSet r, int n) throws SQLException {
        return new Waiting(r.getObject("id", UUID.class), r.getObject("client", UUID.class), r.getString("number"), r.getString("mapping"), r.getObject("matter", UUID.class),
                What.valueOf(r.getString("what").toUpperCase(Locale.ROOT)), r.getInt("seq"), r.getLong("position"), r.getString("state"), r.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(r.getObject("ends", UUID.class)));
    }
}
