package org.heshi.exchange.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.exchange.orders.OrderRows.What;
import org.heshi.exchange.webhook.Delivery;
import org.heshi.exchange.webhook.Offices;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MattersForPrograms;
import org.heshi.matters.Standings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what waits for programs that speak of orders: where an order of theirs stands, what was handed back of it, and what was assigned to the unit of a
 * program that takes its orders; and, where the program has an address for it, that it is to be sent. An entry given twice changes nothing.
 */
@Component
class OrderFollower implements Follower {

    private static final String HAND_BACK = "hand-back";
    private static final String LEAD = "lead";
    private static final String GIVEN_BACK = "return";
    private static final Set<String> REPORTERS = Set.of("reporter", "parties", "public");

    private final JdbcClient jdbc;
    private final Mappings mappings;
    private final Standings standings;
    private final Offices offices;
    private final InstantSource clock;

    OrderFollower(@Qualifier("follower") JdbcClient jdbc, Mappings mappings, Standings standings, Offices offices, InstantSource clock) {
        this.jdbc = jdbc;
        this.mappings = mappings;
        this.standings = standings;
        this.offices = offices;
        this.clock = clock;
    }

    private record Connection(UUID client, String mapping) {
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Map<UUID, LoggedEntry> last = new LinkedHashMap<>();
        batch.forEach(entry -> last.put(entry.matter(), entry));
        UUID[] touched = last.keySet().toArray(UUID[]::new);
        Map<UUID, OrderRows.Order> orders = new HashMap<>();
        jdbc.sql("select client, number, mapping, matter from exchange.order_in where matter = any (?)").param(touched).query(r -> {
            OrderRows.Order order = new OrderRows.Order(r.getObject("client", UUID.class), r.getString("number"), r.getString("mapping"), r.getObject("matter", UUID.class));
            orders.put(order.matter(), order);
        });
        for (LoggedEntry entry : batch) {
            OrderRows.Order order = orders.get(entry.matter());
            if (order != null) {
                told(order, entry).ifPresent(what -> wait(order, what, entry));
            }
        }
        assign(last, batch);
        // what waits of them is looked at anew: it may be that it never can be told any more
        jdbc.sql("update exchange.order_result set look_at = '-infinity', looks = 0 where matter = any (?) and looks > 0 and taken_at is null and dead_at is null and until is null")
                .param(touched).update();
    }

    /** What its reporter reads, for whom the other side speaks. */
    private Optional<What> told(OrderRows.Order order, LoggedEntry entry) {
        if (entry.action().equals(HAND_BACK)) {
            return Optional.of(What.RESULT);
        }
        boolean moved = !entry.fromState().equals(Optional.of(entry.toState())) || entry.fromKind().filter(from -> !from.equals(entry.kind())).isPresent();
        return moved && !Collections.disjoint(entry.audience(), REPORTERS) && mappings.find(order.mapping()).filter(mapping -> mapping.tells(entry.toState())).isPresent()
                ? Optional.of(What.STATUS) : Optional.empty();
    }

    /**
     * By how the matter stands now: whose unit leads it is handed it once, until it leads it no more. Nothing that the unit or one above it is barred from, nothing that
     * single posts must not know, for everybody in the unit reads its program; nothing of a kind in which a program does nothing.
     */
    private void assign(Map<UUID, LoggedEntry> last, List<LoggedEntry> batch) {
        List<Connection> connections = jdbc.sql("select client, mapping from exchange.order_connection")
                .query((r, _) -> new Connection(r.getObject("client", UUID.class), r.getString("mapping"))).list();
        if (connections.isEmpty()) {
            return;
        }
        Map<UUID, Standings.Standing> standing = standings.of(last.keySet());
        Map<UUID, Offices.Office> units = offices.now();
        for (LoggedEntry entry : last.values()) {
            Standings.Standing matter = standing.get(entry.matter());
            for (Connection connection : connections) {
                Offices.Office office = units.get(connection.client());
                boolean theirs = matter != null && office != null && matter.units().getOrDefault(LEAD, Set.of()).contains(office.unit()) && !matter.postsBarred()
                        && Collections.disjoint(matter.barred(), office.all()) && !MattersForPrograms.PEOPLES_KINDS.contains(entry.kind());
                if (theirs) {
                    wait(new OrderRows.Order(connection.client(), matter.number().digits(), connection.mapping(), entry.matter()), What.ASSIGNED, entry);
                } else {
                    boolean bySelf = batch.stream().anyMatch(one -> one.matter().equals(entry.matter()) && one.action().equals(GIVEN_BACK)
                            && one.actorPerson().filter(connection.client()::equals).isPresent());
                    // a complaint about them is no reason that they are told
                    boolean silent = matter == null || office == null || matter.postsBarred() || !Collections.disjoint(matter.barred(), office.all());
                    end(connection, entry, bySelf || silent);
                }
            }
        }
    }

    /** @param known whether their system took it */
    private record Taken(UUID id, String number, String mapping, boolean known) {
    }

    /** It is theirs no more; where their mapping has words for it, they are told: at once when their system knows it, else as soon as it does ({@link OrderRows#taken}). */
    private void end(Connection connection, LoggedEntry entry, boolean silent) {
        List<Taken> ended = jdbc.sql("""
                update exchange.order_result set until = ? where client = ? and matter = ? and what = 'assigned' and until is null
                returning id, number, mapping, taken_at is not null as known""")
                .params(entry.recordedAt().atOffset(ZoneOffset.UTC), connection.client(), entry.matter()).query(Taken.class).list();
        for (Taken one : ended) {
            if (!silent && mappings.find(one.mapping()).filter(mapping -> !mapping.ended().isEmpty()).isPresent()) {
                OrderRows.Order order = new OrderRows.Order(connection.client(), one.number(), one.mapping(), entry.matter());
                if (keep(order, What.ENDED, entry, one.id()) && one.known()) {
                    send(order, What.ENDED, entry);
                }
            }
        }
    }

    private void wait(OrderRows.Order order, What what, LoggedEntry entry) {
        if (keep(order, what, entry, null)) {
            send(order, what, entry);
        }
    }

    private boolean keep(OrderRows.Order order, What what, LoggedEntry entry, @Nullable UUID ends) {
        return jdbc.sql("""
                insert into exchange.order_result (id, client, number, mapping, matter, what, seq, position, state, at, ends) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid)
                on conflict do nothing""")
                .params(Arrays.asList(Uuid7.at(entry.recordedAt()), order.client(), order.number(), order.mapping(), order.matter(), what.code(), entry.seq(), entry.position(), entry.toState(),
                        entry.recordedAt().atOffset(ZoneOffset.UTC), ends == null ? null : ends.toString())).update() == 1;
    }

    private void send(OrderRows.Order order, What what, LoggedEntry entry) {
        String type = switch (what) {
            case RESULT -> Delivery.RESULT;
            case STATUS -> Delivery.STATUS;
            case ASSIGNED -> Delivery.ASSIGNED;
            case ENDED -> Delivery.ENDED;
        };
        Instant now = clock.instant();
        jdbc.sql("""
                insert into exchange.delivery (id, endpoint, type, matter, position, seq, number, kind, action, to_state, at, state, due_at)
                select gen_random_uuid(), e.id, :type, :matter, :position, :seq, :number, :kind, :action, :state, :at, 'waiting',
                       greatest(:now::timestamptz, (select max(d.due_at) from exchange.delivery d where d.endpoint = e.id and d.matter = :matter and d.state = 'waiting'))
                  from exchange.endpoint e where e.client = :client and e.what = 'orders' and e.state in ('active', 'paused') and :type = any (e.events)
                on conflict do nothing""")
                .param("type", type).param("matter", order.matter()).param("position", entry.position()).param("seq", entry.seq())
                .param("number", order.number().matches("[0-9]{13}") ? order.number() : "").param("kind", entry.kind()).param("action", entry.action())
                .param("state", entry.toState()).param("at", entry.recordedAt().atOffset(ZoneOffset.UTC)).param("now", now.atOffset(ZoneOffset.UTC)).param("client", order.client()).update();
    }
}
