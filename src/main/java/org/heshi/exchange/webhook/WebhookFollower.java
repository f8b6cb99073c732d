package org.heshi.exchange.webhook;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.Standings;
import org.heshi.matters.Standings.Standing;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what is to be told to whom. An entry given twice changes nothing. */
@Component
class WebhookFollower implements Follower {

    private final Standings standings;
    private final Offices offices;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    WebhookFollower(Standings standings, Offices offices, @Qualifier("follower") JdbcClient jdbc, InstantSource clock) {
        this.standings = standings;
        this.offices = offices;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    private record Order(UUID client, UUID matter) {
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        List<Endpoint> endpoints = jdbc.sql("select * from exchange.endpoint where state in ('active', 'paused') and what = 'events'").query(Endpoints::endpoint).list();
        if (endpoints.isEmpty()) {
            return;
        }
        Set<UUID> touched = batch.stream().map(LoggedEntry::matter).collect(Collectors.toSet());
        Map<UUID, Standing> standing = standings.of(touched);
        Map<UUID, Offices.Office> units = offices.now();
        Set<UUID> reading = offices.reading(endpoints.stream().filter(Endpoint::asItReads).map(Endpoint::client).collect(Collectors.toSet()));
        Set<Order> orders = new HashSet<>(jdbc.sql("select client, matter from exchange.order_in where matter = any (?)").param(touched.toArray(UUID[]::new))
                .query((r, _) -> new Order(r.getObject("client", UUID.class), r.getObject("matter", UUID.class))).list());
        List<Row> rows = new ArrayList<>();
        for (LoggedEntry entry : batch) {
            Standing matter = standing.get(entry.matter());
            if (matter == null) {
                continue;
            }
            for (Endpoint endpoint : endpoints) {
                boolean order = orders.contains(new Order(endpoint.client(), entry.matter()));
                Optional.ofNullable(units.get(endpoint.client())).flatMap(office -> type(endpoint, reading, office, entry, matter, order))
                        .ifPresent(type -> rows.add(new Row(endpoint.id(), type, entry, matter)));
            }
        }
        write(rows);
    }

    private static Optional<String> type(Endpoint endpoint, Set<UUID> reading, Offices.Office office, LoggedEntry entry, Standing matter, boolean order) {
        boolean moved = !entry.fromState().equals(Optional.of(entry.toState())) || entry.fromKind().filter(from -> !from.equals(entry.kind())).isPresent();
        String type = Told.type(entry.fromState().isEmpty(), moved);
        return endpoint.wants(type) && Told.of(endpoint, reading, office.unit(), office.all(), matter, order, entry.audience()) ? Optional.of(type) : Optional.empty();
    }

    private record Row(UUID endpoint, String type, LoggedEntry entry, Standing matter) {
    }

    /** What waits for an earlier one that failed is not looked at before that one is tried again. */
    private void write(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        jdbc.sql("""
                insert into exchange.delivery (id, endpoint, type, matter, position, seq, number, kind, action, from_state, to_state, at, state, due_at)
                select n.id, n.endpoint, n.type, n.matter, n.position, n.seq, n.number, n.kind, n.action, n.from_state, n.to_state, n.at, 'waiting',
                       greatest(?::timestamptz, (select max(d.due_at) from exchange.delivery d where d.endpoint = n.endpoint and d.matter = n.matter and d.state = 'waiting'))
                  from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]::timestamptz[])
                       as n (id, endpoint, type, matter, position, seq, number, kind, action, from_state, to_state, at)
                on conflict do nothing
                """).param(now.atOffset(ZoneOffset.UTC))
                .param(column(rows, _ -> Uuid7.at(now).toString())).param(column(rows, row -> row.endpoint().toString())).param(column(rows, Row::type))
                .param(column(rows, row -> row.entry().matter().toString())).param(column(rows, row -> Long.toString(row.entry().position())))
                .param(column(rows, row -> Integer.toString(row.entry().seq()))).param(column(rows, row -> row.matter().number().digits()))
                .param(column(rows, row -> row.entry().kind())).param(column(rows, row -> row.entry().action()))
                .param(column(rows, row -> row.entry().fromState().orElse(null))).param(column(rows, row -> row.entry().toState()))
                .param(column(rows, row -> row.entry().recordedAt().toString())).update();
    }

    private interface Column {
        @org.jspecify.annotations.Nullable String of(Row row);
    }

    private static String[] column(List<Row> rows, Column value) {
        return rows.stream().map(value::of).toArray(String[]::new);
    }
}
