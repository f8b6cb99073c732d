package org.heshi.identity.factor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Backoff;
import org.heshi.identity.account.AccountEvents;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Second factors of staff. A code opens once: the step that it belongs to is used up, and none before it is taken any more. Wrong codes make wait
 * as wrong passwords do.
 */
@Repository
public class Factors {

    static final int RECOVERY_CODES = 10;
    /** Five failures are free; never a longer wait than a quarter of an hour, so that nobody can lock another out for good. */
    private static final Backoff.Patience PATIENCE = new Backoff.Patience(5, Duration.ofSeconds(30), Duration.ofMinutes(15));
    private static final String PURPOSE = "second-factor";
    private static final Duration PENDING_LIVES = Duration.ofHours(1);
    private static final Actor SELF = new Actor.Machine("identity");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Seal seal;
    private final Backoff backoff;
    private final AccountEvents events;
    private final InstantSource clock;

    Factors(JdbcClient jdbc, TransactionTemplate transactions, Seal seal, Backoff backoff, AccountEvents events, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seal = seal;
        this.backoff = backoff;
        this.events = events;
        this.clock = clock;
    }

    /**
     * An authenticator that was confirmed.
     *
     * @param codesLeft recovery codes that were not used yet
     */
    public record Authenticator(Instant since, int codesLeft) {
    }

    /** What a typed code was. */
    public sealed interface Check {

        /** @param codesLeft recovery codes that are left after one was used; none when it was the authenticator's */
        record Right(Optional<Integer> codesLeft) implements Check {
        }

        record Wrong() implements Check {
        }

        record Wait(Duration remaining) implements Check {
        }
    }

    public Optional<Authenticator> find(UUID person) {
        return inside(() -> jdbc.sql("""
                select f.confirmed_at, (select count(*) from identity.recovery_code c where c.person = f.person and c.used_at is null)
                  from identity.second_factor f where f.person = ? and f.secret is not null""").param(person)
                .query((row, _) -> new Authenticator(row.getObject(1, OffsetDateTime.class).toInstant(), row.getInt(2))).optional());
    }

    /** Makes a new secret that waits to be confirmed by a code; the authenticator in use stays in use until then. */
    public void begin(UUID person) {
        byte[] closed = seal.close(person, Totp.freshSecret());
        inside(() -> jdbc.sql("""
                insert into identity.second_factor (person, pending, pending_at) values (:person, :pending, :now)
                on conflict (person) do update set pending = excluded.pending, pending_at = excluded.pending_at""")
                .param("person", person).param("pending", closed).param("now", now()).update());
    }

    /** The secret that waits to be confirmed, for an hour. */
    public Optional<byte[]> pending(UUID person) {
        return inside(() -> jdbc.sql("select pending from identity.second_factor where person = ? and pending_at > ?")
                .param(person).param(now().minus(PENDING_LIVES)).query(byte[].class).optional()).map(closed -> seal.open(person, closed));
    }

    /** Puts the waiting secret into use if the code is its own. Answers fresh recovery codes, to be shown once; earlier ones are worth nothing. */
    public Optional<List<String>> confirm(UUID person, String code) {
        Optional<byte[]> secret = pending(person);
        List<Long> steps = secret.map(waiting -> Totp.steps(waiting, code, clock.instant())).orElse(List.of());
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        return inside(() -> {
            int put = jdbc.sql("""
                    update identity.second_factor set secret = pending, confirmed_at = :now, last_step = :step, pending = null, pending_at = null
                     where person = :person and pending is not null""")
                    .param("now", now()).param("step", steps.getLast()).param("person", person).update();
            if (put == 0) {
                return Optional.<List<String>>empty();
            }
            events.note(person, "factor-set", person);
            return Optional.of(replaceCodes(person));
        });
    }

    /** Fresh recovery codes in place of those there are, to be shown once. */
    public List<String> freshCodes(UUID person) {
        return inside(() -> {
            events.note(person, "codes-made", person);
            return replaceCodes(person);
        });
    }

    /** Checks what was typed: the authenticator's code or a recovery code, either good once. */
    public Check check(UUID person, String typed) {
        Optional<Duration> wait = backoff.tryBegin(PURPOSE, person.toString(), PATIENCE);
        if (wait.isPresent()) {
            return new Check.Wait(wait.get());
        }
        Check answer = opens(person, typed) ? new Check.Right(Optional.empty()) : recovers(person, typed);
        if (answer instanceof Check.Right) {
            backoff.succeeded(PURPOSE, person.toString());
        }
        return answer;
    }

    /** The authenticator and its recovery codes are good no longer. */
    public void remove(UUID person, @Nullable UUID actor) {
        inside(() -> {
            jdbc.sql("delete from identity.recovery_code where person = ?").param(person).update();
            int gone = jdbc.sql("delete from identity.second_factor where person = ?").param(person).update();
            events.note(person, actor == null ? "factor-reset" : "factor-removed", actor);
            return gone;
        });
    }

    private boolean opens(UUID person, String typed) {
        Optional<byte[]> secret = inside(() -> jdbc.sql("select secret from identity.second_factor where person = ? and secret is not null")
                .param(person).query(byte[].class).optional()).map(closed -> seal.open(person, closed));
        if (secret.isEmpty()) {
            return false;
        }
        // The row is the judge: of two tries with the same code at the same time one finds the step used.
        return Totp.steps(secret.get(), typed, clock.instant()).stream().anyMatch(step -> inside(() -> jdbc.sql("""
                update identity.second_factor set last_step = :step where person = :person and secret is not null and last_step < :step""")
                .param("step", step).param("person", person).update()) == 1);
    }

    private Check recovers(UUID person, String typed) {
        String code = RecoveryCode.normal(typed);
        boolean used = !code.isEmpty() && inside(() -> {
            int one = jdbc.sql("update identity.recovery_code set used_at = :now where person = :person and digest = :digest and used_at is null")
                    .param("now", now()).param("person", person).param("digest", seal.digest(person, code)).update();
            if (one == 1) {
                events.note(person, "code-used", person);
            }
            return one == 1;
        });
        return used ? new Check.Right(find(person).map(Authenticator::codesLeft)) : new Check.Wrong();
    }

    private List<String> replaceCodes(UUID person) {
        jdbc.sql("delete from identity.recovery_code where person = ?").param(person).update();
        List<String> codes = Stream.generate(RecoveryCode::fresh).distinct().limit(RECOVERY_CODES).toList();
        codes.forEach(code -> jdbc.sql("insert into identity.recovery_code (person, digest, made_at) values (:person, :digest, :now)")
                .param("person", person).param("digest", seal.digest(person, code)).param("now", now()).update());
        return codes.stream().map(RecoveryCode::shown).toList();
    }

    private <T> T inside(Supplier<T> work) {
        return Acting.as(SELF, () -> {
            T done = transactions.execute(_ -> work.get());
            if (done == null) {
                throw new IllegalStateException("a query answered nothing at all");
            }
            return done;
        });
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
