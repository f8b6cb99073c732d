package org.heshi.identity.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.identity.account.AccountEvents;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which subject of which issuer is whose account. Names are never compared: a name at the provider may be given to somebody else one day. */
@Repository
public class ProviderAccounts {

    private static final Duration LINK_LIVES = Duration.ofHours(48);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AccountEvents events;
    private final InstantSource clock;

    ProviderAccounts(JdbcClient jdbc, TransactionTemplate transactions, AccountEvents events, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /** Whose account it is, if the account has not ended. */
    public Optional<UUID> find(String issuer, String subject) {
        return inside(() -> jdbc.sql("""
                select p.person from identity.provider_account p join identity.account a using (person)
                 where p.issuer = ? and p.subject = ? and a.ended_at is null""").param(issuer).param(subject).query(UUID.class).optional());
    }

    /** Since when the person's account is bound at this issuer. */
    public Optional<Instant> boundAt(UUID person, String issuer) {
        return inside(() -> jdbc.sql("select bound_at from identity.provider_account where person = ? and issuer = ?").param(person).param(issuer)
                .query(OffsetDateTime.class).optional()).map(OffsetDateTime::toInstant);
    }

    /** Binds them; false when the subject is another account's, or the account another subject's, already. */
    public boolean bind(UUID person, String issuer, String subject, @Nullable UUID actor) {
        return inside(() -> {
            int bound = jdbc.sql("""
                    insert into identity.provider_account (issuer, subject, person, bound_at) values (:issuer, :subject, :person, :now)
                    on conflict do nothing""")
                    .param("issuer", issuer).param("subject", subject).param("person", person).param("now", now()).update();
            if (bound == 1) {
                events.note(person, "provider-bound", actor);
            }
            return bound == 1 || find(issuer, subject).filter(person::equals).isPresent();
        });
    }

    public void unbind(UUID person, String issuer, @Nullable UUID actor) {
        inside(() -> {
            int unbound = jdbc.sql("delete from identity.provider_account where person = ? and issuer = ?").param(person).param(issuer).update();
            if (unbound == 1) {
                events.note(person, "provider-unbound", actor);
            }
            return unbound;
        });
    }

    /** A one-time link for the person to bind their account, good for 48 hours; earlier ones die. */
    public String link(UUID person) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String shown = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        inside(() -> {
            jdbc.sql("update identity.bind_link set used_at = :now where person = :person and used_at is null").param("now", now())
                    .param("person", person).update();
            return jdbc.sql("insert into identity.bind_link (id, person, created_at, expires_at) values (:id, :person, :now, :expires)")
                    .param("id", sha256(shown)).param("person", person).param("now", now()).param("expires", now().plus(LINK_LIVES)).update();
        });
        return shown;
    }

    /** Whose link it is, while it can be used. */
    public Optional<UUID> holderOfLink(String secret) {
        return inside(() -> jdbc.sql("""
                select l.person from identity.bind_link l join identity.account a using (person)
                 where l.id = :id and l.used_at is null and l.expires_at > :now and a.ended_at is null""")
                .param("id", sha256(secret)).param("now", now()).query(UUID.class).optional());
    }

    /** Uses the link up and binds its holder, both or neither; false when it was used, too old, or the binding is not possible. */
    public boolean useLink(String secret, String issuer, String subject) {
        return inside(() -> {
            Optional<UUID> person = holderOfLink(secret);
            if (person.isEmpty() || !bind(person.get(), issuer, subject, null)) {
                return false;
            }
            return jdbc.sql("update identity.bind_link set used_at = :now where id = :id and used_at is null").param("now", now())
                    .param("id", sha256(secret)).update() == 1;
        });
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("identity"), () -> transactions.execute(_ -> work.get())));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
