package org.heshi.exchange.webhook;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.exchange.ProgramWebhooks;
import org.heshi.identity.Programs;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Addresses in PostgreSQL, read and written by the program itself only. Whoever calls has asked whether an administrator may. */
@Repository
class Endpoints implements ProgramWebhooks {

    /** How long the former secret signs beside the new one. */
    static final Duration OVERLAP = Duration.ofHours(24);
    static final Actor SELF = new Actor.Machine("webhooks");
    /** How many of the latest a page shows. */
    private static final int SHOWN = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Signatures signatures;
    private final InstantSource clock;

    Endpoints(JdbcClient jdbc, TransactionTemplate transactions, Signatures signatures, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.signatures = signatures;
        this.clock = clock;
    }

    /** @param by an administrator; empty: the program itself, or nobody */
    record Event(Instant at, String what, Optional<UUID> by) {
    }

    /** How a delivery stands; of what matter it tells is not shown. */
    record Tried(UUID id, String type, String state, Instant at, int attempts, @Nullable Integer status, @Nullable String failure, Instant dueAt) {
    }

    /** @param shown the secret, this once */
    record Made(UUID id, String shown) {
    }

    List<Endpoint> all() {
        return inside(() -> jdbc.sql("select * from exchange.endpoint where state <> 'ended' order by created_at, id").query(Endpoints::endpoint).list());
    }

    Optional<Endpoint> find(UUID id) {
        return inside(() -> jdbc.sql("select * from exchange.endpoint where id = ? and state <> 'ended'").param(id).query(Endpoints::endpoint).optional());
    }

    List<Endpoint> of(UUID client) {
        return inside(() -> jdbc.sql("select * from exchange.endpoint where client = ? and state <> 'ended' order by created_at, id").param(client).query(Endpoints::endpoint).list());
    }

    /** Empty when the program has one with the same address for the same already: who sends it twice, also at the same moment, makes one. */
    Optional<Made> makeOnce(UUID client, Wish wish, boolean unit, @Nullable UUID by) {
        return inside(() -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('webhooks of ' || ?, 0))").param(client.toString()).query(r -> {
            });
            boolean there = of(client).stream().anyMatch(one -> one.url().equals(wish.target().orElseThrow()) && one.events().equals(wish.events()));
            return there ? Optional.<Made>empty() : Optional.of(make(client, wish, unit, by));
        });
    }

    @Override
    public boolean enter(Programs.Program program, URI target, Set<String> events) {
        Wish wish = new Wish(Optional.of(target), events, false, List.of());
        UUID by = Acting.staffWith(Role.ADMINISTRATOR).person();
        return inside(() -> makeOnce(program.id(), wish, true, by).map(made -> pause(made.id(), by)).orElse(false));
    }

    Made make(UUID client, Wish wish, boolean unit, @Nullable UUID by) {
        Instant now = clock.instant();
        UUID id = Uuid7.at(now);
        UUID key = signatures.freshKey();
        String secret = signatures.freshSecret();
        inside(() -> {
            jdbc.sql("insert into exchange.endpoint (id, client, what, url, events, eyes, by_program, key, secret, state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', ?)")
                    .param(id).param(client).param(wish.orders() ? "orders" : "events").param(wish.target().orElseThrow().toString())
                    .param(wish.events().toArray(String[]::new))
                    .param(unit ? "unit" : "reported").param(by == null).param(key).param(signatures.seal(key, id, secret)).param(at(now)).update();
            return note(id, "made", by);
        });
        return new Made(id, secret);
    }

    /** A new secret; the former one signs beside it for a day. */
    Optional<String> rotate(UUID id, @Nullable UUID by) {
        return inside(() -> open(id).map(endpoint -> {
            String secret = signatures.freshSecret();
            Instant now = clock.instant();
            jdbc.sql("update exchange.endpoint set former = secret, former_until = ?, secret = ? where id = ?").param(at(now.plus(OVERLAP)))
                    .param(signatures.seal(endpoint.key(), id, secret)).param(id).update();
            note(id, "rotated", by);
            return secret;
        }));
    }

    /** @param by an administrator, whose pause holds whoever paused it before; null: the program itself */
    boolean pause(UUID id, @Nullable UUID by) {
        return inside(() -> jdbc.sql("""
                update exchange.endpoint set state = 'paused', held = :admin where id = :id and (state = 'active' or state = 'paused' and :admin and not held)""")
                .param("admin", by != null).param("id", id).update() == 1 && note(id, "paused", by) == 1);
    }

    /** From a pause, or after it was given up. The program does not lift what an administrator paused. */
    boolean resume(UUID id, @Nullable UUID by) {
        return inside(() -> jdbc.sql("""
                update exchange.endpoint set state = 'active', held = false, why = null, failures = 0, failing_since = null, rest_until = null
                 where id = :id and state in ('paused', 'disabled') and (:admin or not held)""")
                .param("id", id).param("admin", by != null).update() == 1 && note(id, "resumed", by) == 1);
    }

    void end(UUID id, @Nullable UUID by) {
        Optional<UUID> key = inside(() -> open(id).map(endpoint -> {
            jdbc.sql("update exchange.endpoint set state = 'ended', why = null, secret = null, former = null, former_until = null where id = ?").param(id).update();
            jdbc.sql("delete from exchange.delivery where endpoint = ? and state = 'waiting'").param(id).update();
            note(id, "ended", by);
            return endpoint.key();
        }));
        key.ifPresent(gone -> signatures.destroy(gone, clock.instant()));
    }

    /** Something to try it with; it tells of no matter. */
    boolean test(UUID id, @Nullable UUID by) {
        Instant now = clock.instant();
        return inside(() -> open(id).filter(endpoint -> endpoint.state() == Endpoint.State.ACTIVE).map(_ -> {
            jdbc.sql("insert into exchange.delivery (id, endpoint, type, position, at, state, due_at) values (?, ?, ?, 0, ?, 'waiting', ?)")
                    .param(Uuid7.at(now)).param(id).param(Delivery.TEST).param(at(now)).param(at(now)).update();
            return note(id, "tested", by) == 1;
        }).orElse(false));
    }

    /** Dead letters are sent again under their ids, the one or all. @return how many */
    int replay(UUID id, Optional<UUID> one, @Nullable UUID by) {
        Instant now = clock.instant();
        return inside(() -> {
            int again = jdbc.sql("""
                    update exchange.delivery set state = 'waiting', ended_at = null, attempts = 0, due_at = :now, leased_until = null
                     where endpoint = :endpoint and state = 'dead' and (:one::uuid is null or id = :one::uuid)""")
                    .param("now", at(now)).param("endpoint", id).param("one", one.orElse(null)).update();
            return again > 0 && note(id, "replayed", by) == 1 ? again : 0;
        });
    }

    List<Event> events(UUID id) {
        return inside(() -> jdbc.sql("select at, what, actor from exchange.endpoint_event where endpoint = ? order by id desc limit 20").param(id).query(Endpoints::event).list());
    }

    /** What was done last of each kind, by what it was. */
    Map<String, Event> last(UUID id) {
        return inside(() -> jdbc.sql("select distinct on (what) at, what, actor from exchange.endpoint_event where endpoint = ? order by what, id desc").param(id).query(Endpoints::event).list())
                .stream().collect(Collectors.toMap(Event::what, event -> event));
    }

    private static Event event(ResultSet r, int n) throws SQLException {
        return new Event(instant(r, "at"), r.getString("what"), Optional.ofNullable(r.getObject("actor", UUID.class)));
    }

    List<Tried> latest(UUID id, boolean dead) {
        return inside(() -> jdbc.sql("select * from exchange.delivery where endpoint = ? " + (dead ? "and state = 'dead' " : "") + "order by id desc limit " + SHOWN).param(id)
                .query((r, _) -> new Tried(r.getObject("id", UUID.class), r.getString("type"), r.getString("state"), instant(r, "at"), r.getInt("attempts"),
                        r.getObject("status", Integer.class), r.getString("failure"), instant(r, "due_at"))).list());
    }

    long count(UUID id, String state) {
        return inside(() -> jdbc.sql("select count(*) from exchange.delivery where endpoint = ? and state = ?").param(id).param(state).query(Long.class).single());
    }

    private Optional<Endpoint> open(UUID id) {
        return jdbc.sql("select * from exchange.endpoint where id = ? and state <> 'ended' for update").param(id).query(Endpoints::endpoint).optional();
    }

    private int note(UUID endpoint, String what, @Nullable UUID by) {
        Instant now = clock.instant();
        return jdbc.sql("insert into exchange.endpoint_event (id, endpoint, at, what, actor) values (:id, :endpoint, :at, :what, :by::uuid)")
                .param("id", Uuid7.at(now)).param("endpoint", endpoint).param("at", at(now)).param("what", what).param("by", by).update();
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> work.get())));
    }

    static Endpoint endpoint(ResultSet r, int n) throws SQLException {
        return new Endpoint(r.getObject("id", UUID.class), r.getObject("client", UUID.class), r.getString("what").equals("orders"), URI.create(r.getString("url")),
                Set.of((String[]) r.getArray("events").getArray()), r.getString("eyes").equals("unit"), r.getBoolean("by_program"), r.getBoolean("held"), r.getObject("key", UUID.class), bytes(r, "secret"),
                Optional.ofNullable(r.getBytes("former")), time(r, "former_until"), Endpoint.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(r.getString("why")), r.getInt("failures"), time(r, "failing_since"), time(r, "rest_until"), instant(r, "created_at"));
    }

    private static byte[] bytes(ResultSet r, String column) throws SQLException {
        byte[] bytes = r.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Optional<Instant> time(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
