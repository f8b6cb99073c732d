package org.heshi.exchange.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What waits to be sent, in PostgreSQL. It is taken with a lease and not with a lock, so that no transaction stays open while another side thinks; a process
 * that dies leaves it to the others after that time. A later event of a matter is not taken while an earlier one waits. Whoever calls has begun the transaction.
 */
@Repository
class Sending {

    /** Longer than the longest attempt. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    private final JdbcClient jdbc;

    Sending(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How an attempt ended. */
    sealed interface Outcome {
        record Taken(int status) implements Outcome {
        }

        /** @param unreachable whether the address itself may be at fault, and not what it was told */
        record NotTaken(@Nullable Integer status, String failure, Optional<Duration> later, boolean unreachable) implements Outcome {
        }

        /** 410: nothing is to be sent there any more. */
        record Gone() implements Outcome {
        }

        /** It may not be told any more. */
        record Dropped() implements Outcome {
        }
    }

    /** @param client whose address it was, also when that was paused meanwhile */
    record Finished(Delivery delivery, UUID client, Outcome outcome) {
    }

    /** Whether this program sent that matter as an order. */
    boolean order(UUID client, UUID matter) {
        return jdbc.sql("select exists (select from exchange.order_in where client = ? and matter = ?)").param(client).param(matter).query(Boolean.class).single();
    }

    List<Endpoint> active() {
        return jdbc.sql("select * from exchange.endpoint where state = 'active'").query(Endpoints::endpoint).list();
    }

    /** @param free how many more each address is sent at once */
    List<Delivery> take(Map<UUID, Integer> free, Instant now) {
        if (free.isEmpty()) {
            return List.of();
        }
        List<UUID> endpoints = List.copyOf(free.keySet());
        return jdbc.sql("""
                with picked as (
                  select p.id from unnest(:endpoints::uuid[], :free::int[]) as e (endpoint, free)
                  cross join lateral (
                    select d.id from exchange.delivery d
                     where d.endpoint = e.endpoint and d.state = 'waiting' and d.due_at <= :now and (d.leased_until is null or d.leased_until <= :now)
                       and not exists (select from exchange.delivery b where b.endpoint = d.endpoint and b.matter = d.matter and b.state = 'waiting' and b.position < d.position)
                     order by d.due_at, d.position limit e.free
                     for update skip locked) p)
                update exchange.delivery d set leased_until = :until from picked where d.id = picked.id
                returning d.*""")
                .param("endpoints", endpoints.toArray(UUID[]::new)).param("free", endpoints.stream().map(free::get).toArray(Integer[]::new))
                .param("now", at(now)).param("until", at(now.plus(LEASE))).query(Sending::delivery).list();
    }

    /** Writes how attempts ended. */
    void write(Collection<Finished> finished, Map<UUID, Endpoint> endpoints, Schedule schedule, RandomGenerator chance, Instant now) {
        List<Finished> taken = new ArrayList<>();
        Map<UUID, Integer> failures = new HashMap<>();
        Map<UUID, Duration> wished = new HashMap<>();
        for (Finished one : finished) {
            Delivery delivery = one.delivery();
            switch (one.outcome()) {
                case Outcome.Taken _ -> taken.add(one);
                case Outcome.Dropped _ -> end(delivery, "dropped", null, "not-any-more", now);
                case Outcome.Gone _ -> {
                    end(delivery, "dead", 410, "gone", now);
                    disable(delivery.endpoint(), "gone", now);
                }
                case Outcome.NotTaken(var status, var failure, var later, var unreachable) -> {
                    int attempts = delivery.attempts() + 1;
                    Optional<Duration> pause = schedule.after(attempts, later, chance);
                    if (pause.isEmpty()) {
                        end(delivery, "dead", status, failure, now);
                    } else {
                        again(delivery, attempts, now.plus(pause.get()), status, failure);
                    }
                    if (unreachable) {
                        failures.merge(delivery.endpoint(), 1, Integer::sum);
                        later.ifPresent(wish -> wished.merge(delivery.endpoint(), wish, (a, b) -> a.compareTo(b) > 0 ? a : b));
                    }
                }
            }
        }
        if (!taken.isEmpty()) {
            jdbc.sql("""
                    update exchange.delivery d set state = 'sent', ended_at = :now, attempts = d.attempts + 1, status = n.status, failure = null, leased_until = null
                      from unnest(:ids::uuid[], :status::int[]) as n (id, status) where d.id = n.id and d.state = 'waiting'""")
                    .param("now", at(now)).param("ids", taken.stream().map(one -> one.delivery().id()).toArray(UUID[]::new))
                    .param("status", taken.stream().map(one -> ((Outcome.Taken) one.outcome()).status()).toArray(Integer[]::new)).update();
            taken.stream().filter(one -> one.delivery().attempts() > 0).forEach(one -> release(one.delivery(), now));
            UUID[] well = taken.stream().map(one -> one.delivery().endpoint()).distinct()
                    .filter(id -> Optional.ofNullable(endpoints.get(id)).filter(e -> e.failures() == 0 && e.failingSince().isEmpty() && e.restUntil().isEmpty()).isEmpty()).toArray(UUID[]::new);
            if (well.length > 0) {
                jdbc.sql("update exchange.endpoint set failures = 0, failing_since = null, rest_until = null where id = any (?)").param(well).update();
            }
        }
        for (Finished one : taken) {
            failures.remove(one.delivery().endpoint());
        }
        failures.forEach((endpoint, count) -> fail(endpoint, count, Optional.ofNullable(wished.get(endpoint)), schedule, now));
    }

    private void end(Delivery delivery, String state, @Nullable Integer status, String failure, Instant now) {
        jdbc.sql("""
                update exchange.delivery set state = :state, ended_at = :now, attempts = attempts + 1, status = :status::int, failure = :failure, leased_until = null
                 where id = :id and state = 'waiting'""")
                .param("state", state).param("now", at(now)).param("status", status, java.sql.Types.INTEGER).param("failure", failure).param("id", delivery.id()).update();
        release(delivery, now);
    }

    private void again(Delivery delivery, int attempts, Instant due, @Nullable Integer status, String failure) {
        jdbc.sql("update exchange.delivery set attempts = :attempts, due_at = :due, status = :status::int, failure = :failure, leased_until = null where id = :id and state = 'waiting'")
                .param("attempts", attempts).param("due", at(due)).param("status", status, java.sql.Types.INTEGER).param("failure", failure).param("id", delivery.id()).update();
        delivery.matter().ifPresent(matter -> jdbc.sql("""
                update exchange.delivery set due_at = greatest(due_at, :due) where endpoint = :endpoint and matter = :matter and state = 'waiting' and position > :position""")
                .param("due", at(due)).param("endpoint", delivery.endpoint()).param("matter", matter).param("position", delivery.position()).update());
    }

    /** The next one of its matter need not wait any longer. */
    private void release(Delivery delivery, Instant now) {
        delivery.matter().ifPresent(matter -> jdbc.sql("""
                update exchange.delivery set due_at = least(due_at, :now) where endpoint = :endpoint and matter = :matter and state = 'waiting' and attempts = 0""")
                .param("now", at(now)).param("endpoint", delivery.endpoint()).param("matter", matter).update());
    }

    private void fail(UUID endpoint, int count, Optional<Duration> wished, Schedule schedule, Instant now) {
        record Failing(int failures, Instant since) {
        }
        Failing failing = jdbc.sql("update exchange.endpoint set failures = failures + :count, failing_since = coalesce(failing_since, :now) where id = :id returning failures, failing_since")
                .param("count", count).param("now", at(now)).param("id", endpoint)
                .query((r, _) -> new Failing(r.getInt(1), r.getObject(2, OffsetDateTime.class).toInstant())).single();
        if (failing.since().plus(schedule.giveUp()).isBefore(now)) {
            disable(endpoint, "failing", now);
            return;
        }
        Duration rest = schedule.rest(failing.failures(), wished);
        if (!rest.isZero()) {
            jdbc.sql("update exchange.endpoint set rest_until = :until where id = :id").param("until", at(now.plus(rest))).param("id", endpoint).update();
        }
    }

    /** Nothing is sent there any more; what waited is a dead letter and can be sent again when somebody takes it up. */
    private void disable(UUID endpoint, String why, Instant now) {
        int done = jdbc.sql("update exchange.endpoint set state = 'disabled', why = :why where id = :id and state in ('active', 'paused')").param("why", why).param("id", endpoint).update();
        if (done == 1) {
            LOG.warn("nothing is sent to the webhook {} any more ({}); see /admin/webhooks/{}", endpoint, why, endpoint);
            jdbc.sql("update exchange.delivery set state = 'dead', ended_at = :now, failure = coalesce(failure, 'disabled'), leased_until = null where endpoint = :id and state = 'waiting'")
                    .param("now", at(now)).param("id", endpoint).update();
            jdbc.sql("insert into exchange.endpoint_event (id, endpoint, at, what) values (?, ?, ?, ?)").param(Uuid7.at(now)).param(endpoint).param(at(now)).param("disabled-" + why).update();
        }
    }

    /** What was sent is forgotten after a month, what could not be after three; nothing waits longer than that, either. */
    int forget(Instant now) {
        return jdbc.sql("""
                delete from exchange.delivery where ended_at < :now::timestamptz - case state when 'dead' then interval '92 days' else interval '31 days' end
                   or state = 'waiting' and at < :now::timestamptz - interval '92 days'""").param("now", at(now)).update();
    }

    int forget(UUID matter) {
        return jdbc.sql("delete from exchange.delivery where matter = ?").param(matter).update();
    }

    private static Delivery delivery(ResultSet r, int n) throws SQLException {
        return new Delivery(r.getObject("id", UUID.class), r.getObject("endpoint", UUID.class), r.getString("type"), Optional.ofNullable(r.getObject("matter", UUID.class)),
                r.getLong("position"), r.getInt("seq"), r.getString("number"), r.getString("kind"), r.getString("action"), Optional.ofNullable(r.getString("from_state")),
                r.getString("to_state"), r.getObject("at", OffsetDateTime.class).toInstant(), r.getInt("attempts"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
