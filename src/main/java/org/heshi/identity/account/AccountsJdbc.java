package org.heshi.identity.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.identity.Accounts;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts in PostgreSQL, read and written by the program itself only. */
@Repository
public class AccountsJdbc implements Accounts {

    private static final Actor SELF = new Actor.Machine("identity");
    private static final Duration LINK_LIVES = Duration.ofHours(48);
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}._@-]{1,63}");
    private static final String ACCOUNT = "select person, name, password is not null as has_password, created_at, ended_at from identity.account ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Passwords passwords;
    private final InstantSource clock;

    AccountsJdbc(JdbcClient jdbc, TransactionTemplate transactions, Passwords passwords, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** What sign-in compares. */
    public record Credentials(UUID person, @Nullable String password, @Nullable UUID lastPost) {
    }

    /** As names are compared: one form, lower case. */
    public static String canonicalName(String typed) {
        return Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** Whether this may be a sign-in name. */
    public static boolean wellFormed(String typed) {
        return NAME.matcher(canonicalName(typed)).matches();
    }

    @Override
    public Creating create(UUID person, String name, @Nullable String password) {
        String canonical = canonicalName(name);
        List<Refusal> refusals = new ArrayList<>();
        if (!wellFormed(name)) {
            refusals.add(Refusal.at("name", "account.name"));
        }
        if (password != null) {
            refusals.addAll(PasswordRules.check(password, canonical, "password"));
        }
        if (!refusals.isEmpty()) {
            return new Creating.Refused(refusals);
        }
        String digest = password == null ? null : passwords.digest(password);
        OffsetDateTime now = now();
        int made = inside(() -> jdbc.sql("""
                insert into identity.account (person, name, password, password_set_at, created_at)
                values (:person, :name, :password, :passwordSetAt::timestamptz, :now) on conflict do nothing""")
                .param("person", person).param("name", canonical).param("password", digest)
                .param("passwordSetAt", digest == null ? null : now).param("now", now).update());
        if (made == 0) {
            return new Creating.Refused(List.of(Refusal.at("name", find(person).isPresent() ? "account.exists" : "account.name-taken")));
        }
        return new Creating.Done(find(person).orElseThrow());
    }

    @Override
    public Optional<Account> find(UUID person) {
        return inside(() -> jdbc.sql(ACCOUNT + "where person = ?").param(person).query(AccountsJdbc::account).optional());
    }

    @Override
    public Optional<Account> findByName(String name) {
        return inside(() -> jdbc.sql(ACCOUNT + "where name = ?").param(canonicalName(name)).query(AccountsJdbc::account).optional());
    }

    @Override
    public List<Account> all() {
        return inside(() -> jdbc.sql(ACCOUNT + "order by name").query(AccountsJdbc::account).list());
    }

    @Override
    public List<Refusal> setPassword(UUID person, String password) {
        Account account = find(person).orElseThrow(() -> new NoSuchElementException("no account of " + person));
        List<Refusal> refusals = PasswordRules.check(password, account.name(), "password");
        if (refusals.isEmpty()) {
            String digest = passwords.digest(password);
            inside(() -> {
                store(person, digest);
                return jdbc.sql("delete from identity.session where person = ?").param(person).update();
            });
        }
        return refusals;
    }

    @Override
    public String firstLink(UUID person) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String shown = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        OffsetDateTime now = now();
        inside(() -> {
            jdbc.sql("update identity.first_link set used_at = :now where person = :person and used_at is null")
                    .param("now", now).param("person", person).update();
            return jdbc.sql("insert into identity.first_link (id, person, created_at, expires_at) values (:id, :person, :now, :expires)")
                    .param("id", sha256(shown)).param("person", person).param("now", now).param("expires", now.plus(LINK_LIVES)).update();
        });
        return shown;
    }

    /** Whose link it is, while it can be used. */
    public Optional<Account> holderOfLink(String secret) {
        return inside(() -> jdbc.sql("""
                select a.person, a.name, a.password is not null as has_password, a.created_at, a.ended_at
                  from identity.first_link l join identity.account a using (person)
                 where l.id = :id and l.used_at is null and l.expires_at > :now and a.ended_at is null""")
                .param("id", sha256(secret)).param("now", now()).query(AccountsJdbc::account).optional());
    }

    /** Uses the link up and sets the password, both or neither; false when it was used or too old by then. */
    public boolean useLink(String secret, String password) {
        String digest = passwords.digest(password);
        return inside(() -> {
            Optional<UUID> person = jdbc.sql("""
                    update identity.first_link set used_at = :now where id = :id and used_at is null and expires_at > :now returning person""")
                    .param("id", sha256(secret)).param("now", now()).query(UUID.class).optional();
            person.ifPresent(whose -> {
                store(whose, digest);
                jdbc.sql("delete from identity.session where person = ?").param(whose).update();
            });
            return person.isPresent();
        });
    }

    @Override
    public void end(UUID person) {
        inside(() -> {
            jdbc.sql("update identity.account set ended_at = :now where person = :person and ended_at is null")
                    .param("now", now()).param("person", person).update();
            return jdbc.sql("delete from identity.session where person = ?").param(person).update();
        });
    }

    @Override
    public void endSessions(UUID person) {
        inside(() -> jdbc.sql("delete from identity.session where person = ?").param(person).update());
    }

    /** Of an account that has not ended. */
    public Optional<Credentials> credentials(String name) {
        return inside(() -> jdbc.sql("select person, password, last_post from identity.account where name = ? and ended_at is null")
                .param(canonicalName(name))
                .query((row, _) -> new Credentials(row.getObject("person", UUID.class), row.getString("password"),
                        row.getObject("last_post", UUID.class)))
                .optional());
    }

    /** Of the person's account, if it has not ended. */
    public Optional<Credentials> credentials(UUID person) {
        return find(person).flatMap(account -> credentials(account.name()));
    }

    @Override
    public void rememberPost(UUID person, UUID post) {
        inside(() -> jdbc.sql("update identity.account set last_post = :post where person = :person")
                .param("post", post).param("person", person).update());
    }

    private void store(UUID person, String digest) {
        jdbc.sql("update identity.account set password = :password, password_set_at = :now where person = :person")
                .param("password", digest).param("now", now()).param("person", person).update();
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

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(row.getObject("person", UUID.class), row.getString("name"), row.getBoolean("has_password"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }
}
