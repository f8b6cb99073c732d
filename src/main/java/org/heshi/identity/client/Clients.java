package org.heshi.identity.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.identity.ApiDoor;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Programs, their secrets and tokens in PostgreSQL, read and written by the program itself only. Whoever calls has asked whether an administrator may. */
@Repository
class Clients {

    static final Duration SECRET_LIVES = Duration.ofDays(180);
    static final Duration KEY_LIVES = Duration.ofDays(365);
    static final Duration WARNING = Duration.ofDays(30);
    static final Duration TOKEN_LIVES = Duration.ofMinutes(15);
    private static final Actor SELF = new Actor.Machine("identity");

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Roster roster;
    private final InstantSource clock;

    Clients(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Roster roster, InstantSource clock) {
        this.directory = directory;
        this.roster = roster;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Client(UUID id, String name, UUID unit, Set<String> scopes, Instant createdAt, Optional<Instant> endedAt) {

        Client {
            scopes = Set.copyOf(scopes);
        }
    }

    /** @param usedAt to the hour */
    record Secret(int slot, Instant createdAt, Instant expiresAt, Optional<Instant> usedAt) {
    }

    /** @param usedAt to the hour */
    record Key(int slot, Set<String> scopes, Instant createdAt, Instant expiresAt, Optional<Instant> usedAt) {

        Key {
            scopes = Set.copyOf(scopes);
        }
    }

    record Event(Instant at, String what) {
    }

    /** @param scopes what the token is for, not all that the program may */
    record Token(UUID client, UUID unit, Set<String> scopes, Instant createdAt, Instant expiresAt) {
    }

    List<Client> all() {
        return inside(() -> jdbc.sql("select * from identity.api_client order by ended_at is not null, name, id").query(Clients::client).list());
    }

    Optional<Client> find(UUID id) {
        return inside(() -> jdbc.sql("select * from identity.api_client where id = ?").param(id).query(Clients::client).optional());
    }

    UUID make(String name, UUID unit, Set<String> scopes, UUID by) {
        Instant now = clock.instant();
        UUID id = Uuid7.at(now);
        inside(() -> {
            jdbc.sql("insert into identity.api_client (id, name, unit, scopes, created_at) values (?, ?, ?, ?, ?)")
                    .param(id).param(name).param(unit).param(scopes.stream().sorted().toArray(String[]::new)).param(at(now)).update();
            return note(id, "made", by);
        });
        return id;
    }

    /** Those that are good now, the newest first. */
    List<Secret> secrets(UUID client) {
        return inside(() -> jdbc.sql("select slot, created_at, expires_at, used_at from identity.api_secret where client = ? and expires_at > ? order by created_at desc")
                .param(client).param(at(clock.instant())).query((r, _) -> new Secret(r.getInt(1), instant(r, "created_at"), instant(r, "expires_at"),
                        Optional.ofNullable(r.getObject("used_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant))).list());
    }

    /** Those that are good now, the newest first. */
    List<Key> keys(UUID client) {
        return inside(() -> jdbc.sql("select slot, scopes, created_at, expires_at, used_at from identity.api_key where client = ? and expires_at > ? order by created_at desc")
                .param(client).param(at(clock.instant())).query((r, _) -> new Key(r.getInt(1), Set.of((String[]) r.getArray("scopes").getArray()), instant(r, "created_at"),
                        instant(r, "expires_at"), Optional.ofNullable(r.getObject("used_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant))).list());
    }

    /** A new key, shown this once; none when two are good already, or for what the program may not. */
    Optional<String> freshKey(UUID client, Set<String> scopes, UUID by) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String key = "hk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        return inside(() -> {
            Optional<Client> there = jdbc.sql("select * from identity.api_client where id = ? and ended_at is null for update").param(client).query(Clients::client).optional();
            if (there.isEmpty() || scopes.isEmpty() || !there.get().scopes().containsAll(scopes)) {
                return Optional.<String>empty();
            }
            jdbc.sql("delete from identity.api_key where client = ? and expires_at <= ?").param(client).param(at(now)).update();
            List<Integer> taken = jdbc.sql("select slot from identity.api_key where client = ?").param(client).query(Integer.class).list();
            if (taken.size() == 2) {
                return Optional.<String>empty();
            }
            jdbc.sql("insert into identity.api_key (client, slot, digest, scopes, created_at, expires_at) values (?, ?, ?, ?, ?, ?)")
                    .param(client).param(taken.contains(1) ? 2 : 1).param(digest(key)).param(scopes.stream().sorted().toArray(String[]::new)).param(at(now))
                    .param(at(now.plus(KEY_LIVES))).update();
            note(client, "key-made", by);
            return Optional.of(key);
        });
    }

    boolean endKey(UUID client, int slot, UUID by) {
        return inside(() -> {
            int gone = jdbc.sql("delete from identity.api_key where client = ? and slot = ?").param(client).param(slot).update();
            return gone == 1 && note(client, "key-ended", by) == 1;
        });
    }

    /** What a key opens; empty when it, its program or the unit has ended. That it was used is noted to the hour. */
    Optional<Actor.Client> openKey(String key) {
        Instant now = clock.instant();
        byte[] digest = digest(key);
        record Kept(Actor.Client client, boolean noted) {
        }
        return inside(() -> {
            Optional<Kept> kept = jdbc.sql("""
                    select k.client, c.unit, k.scopes, k.used_at is not null and k.used_at > :now::timestamptz - interval '1 hour' as noted
                    from identity.api_key k join identity.api_client c on c.id = k.client
                    where k.digest = :digest and k.expires_at > :now and c.ended_at is null""").param("digest", digest).param("now", at(now))
                    .query((r, _) -> new Kept(new Actor.Client(r.getObject("client", UUID.class), r.getObject("unit", UUID.class),
                            Set.of((String[]) r.getArray("scopes").getArray())), r.getBoolean("noted"))).optional()
                    .filter(good -> directory.stands(good.client().unit(), now));
            if (kept.isPresent() && !kept.get().noted()) {
                jdbc.sql("update identity.api_key set used_at = date_trunc('hour', :now::timestamptz) where digest = :digest").param("now", at(now)).param("digest", digest).update();
            }
            return kept.map(Kept::client);
        });
    }

    /** A new secret, shown this once; none when two are good already: which of them is in use is for people to say. */
    Optional<String> freshSecret(UUID client, UUID by) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String secret = "hs_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        return inside(() -> {
            // one rotation at a time
            boolean there = jdbc.sql("select 1 from identity.api_client where id = ? and ended_at is null for update").param(client).query(Integer.class)
                    .optional().isPresent();
            if (!there) {
                return Optional.<String>empty();
            }
            jdbc.sql("delete from identity.api_secret where client = ? and expires_at <= ?").param(client).param(at(now)).update();
            List<Integer> taken = jdbc.sql("select slot from identity.api_secret where client = ? order by created_at").param(client).query(Integer.class).list();
            if (taken.size() == 2) {
                return Optional.<String>empty();
            }
            int slot = taken.contains(1) ? 2 : 1;
            jdbc.sql("insert into identity.api_secret (client, slot, digest, created_at, expires_at) values (?, ?, ?, ?, ?)")
                    .param(client).param(slot).param(digest(secret)).param(at(now)).param(at(now.plus(SECRET_LIVES))).update();
            note(client, "secret-made", by);
            return Optional.of(secret);
        });
    }

    boolean endSecret(UUID client, int slot, UUID by) {
        return inside(() -> {
            int gone = jdbc.sql("delete from identity.api_secret where client = ? and slot = ?").param(client).param(slot).update();
            return gone == 1 && note(client, "secret-ended", by) == 1;
        });
    }

    /** Neither its secrets nor its tokens nor its keys are good any more, at once. */
    void end(UUID client, UUID by) {
        inside(() -> {
            int ended = jdbc.sql("update identity.api_client set ended_at = ? where id = ? and ended_at is null").param(at(clock.instant())).param(client).update();
            jdbc.sql("delete from identity.api_secret where client = ?").param(client).update();
            jdbc.sql("delete from identity.api_token where client = ?").param(client).update();
            jdbc.sql("delete from identity.api_key where client = ?").param(client).update();
            return ended == 1 ? note(client, "ended", by) : 0;
        });
    }

    List<Event> events(UUID client) {
        return inside(() -> jdbc.sql("select at, what from identity.client_event where client = ? order by at desc, id desc limit 20").param(client)
                .query((r, _) -> new Event(instant(r, "at"), r.getString("what"))).list());
    }

    /** Digests of the secrets that are good now, of a program that has not ended. */
    List<byte[]> digests(UUID client) {
        return inside(() -> jdbc.sql("select s.digest from identity.api_secret s join identity.api_client c on c.id = s.client where c.id = ? and c.ended_at is null and s.expires_at > ?")
                .param(client).param(at(clock.instant())).query(byte[].class).list());
    }

    /** A secret was used; to the hour. */
    void used(byte[] digest) {
        Instant now = clock.instant();
        inside(() -> jdbc.sql("update identity.api_secret set used_at = date_trunc('hour', :now::timestamptz) where digest = :digest and (used_at is null or used_at < :now::timestamptz - interval '1 hour')")
                .param("now", at(now)).param("digest", digest).update());
    }

    void keep(String token, UUID client, Set<String> scopes, Instant from, Instant until) {
        inside(() -> jdbc.sql("insert into identity.api_token (id, client, scopes, created_at, expires_at) values (?, ?, ?, ?, ?)")
                .param(digest(token)).param(client).param(scopes.toArray(String[]::new)).param(at(from)).param(at(until)).update());
    }

    Optional<Token> open(String token) {
        Instant now = clock.instant();
        return inside(() -> jdbc.sql("""
                select t.client, c.unit, t.scopes, t.created_at, t.expires_at from identity.api_token t join identity.api_client c on c.id = t.client
                where t.id = ? and t.expires_at > ? and c.ended_at is null""").param(digest(token)).param(at(now))
                .query((r, _) -> new Token(r.getObject("client", UUID.class), r.getObject("unit", UUID.class),
                        Set.of((String[]) r.getArray("scopes").getArray()), instant(r, "created_at"), instant(r, "expires_at"))).optional())
                .filter(good -> directory.stands(good.unit(), now));
    }

    /** The program, if it may sign in: neither it nor its unit has ended. */
    Optional<Client> running(UUID id) {
        return find(id).filter(client -> client.endedAt().isEmpty() && directory.stands(client.unit(), clock.instant()));
    }

    Optional<HeldPost> post(UUID client, UUID unit) {
        return directory.heldPosts(client, clock.instant()).stream().filter(held -> held.unit().equals(unit) && !held.standIn()).map(Clients::onlyWork)
                .filter(held -> !held.roles().isEmpty()).findFirst();
    }

    private static HeldPost onlyWork(HeldPost held) {
        return new HeldPost(held.post(), held.title(), held.person(), held.personName(), held.unit(), held.unitName(), held.unitType(), held.division(),
                held.roles().stream().filter(ApiDoor.ROLES::contains).collect(Collectors.toSet()), false);
    }

    /** Gives the program a post of its own in its unit, as the administrator who acts; nothing when it holds one. */
    boolean givePost(Client client, String title, Set<Role> roles, UUID by) {
        Instant now = clock.instant();
        if (client.endedAt().isPresent() || post(client.id(), client.unit()).isPresent()) {
            return false;
        }
        roster.release(client.id(), now);
        UUID post = Uuid7.at(now);
        List<Person> itself = directory.people(List.of(client.id())).isEmpty() ? List.of(new Person(client.id(), client.name(), Optional.empty(), Optional.empty())) : List.of();
        roster.enter(new Roster.Entries(now, List.of(), itself, List.of(new Roster.NewPost(post, client.unit(), title, roles, Optional.empty())),
                List.of(new Roster.NewHolding(post, client.id())), List.of(), List.of()));
        roster.isProgram(client.id());
        inside(() -> note(client.id(), "post-given", by));
        return true;
    }

    void endPost(UUID client, UUID by) {
        roster.release(client, clock.instant());
        inside(() -> note(client, "post-ended", by));
    }

    void forget() {
        inside(() -> jdbc.sql("delete from identity.api_token where expires_at < ?").param(at(clock.instant())).update());
    }

    private int note(UUID client, String what, @Nullable UUID by) {
        Instant now = clock.instant();
        return jdbc.sql("insert into identity.client_event (id, client, at, what, actor) values (:id, :client, :at, :what, :by::uuid)")
                .param("id", Uuid7.at(now)).param("client", client).param("at", at(now)).param("what", what).param("by", by).update();
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> work.get())));
    }

    private static Client client(ResultSet r, int n) throws SQLException {
        return new Client(r.getObject("id", UUID.class), r.getString("name"), r.getObject("unit", UUID.class),
                Set.of((String[]) r.getArray("scopes").getArray()), instant(r, "created_at"),
                Optional.ofNullable(r.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
