package org.heshi.exchange.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.identity.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose feed an address is, of one post or of all that they hold. It is good as long as its owner holds the post, or any, and until there is another or none. */
@Repository
class Feeds {

    private static final Actor SELF = new Actor.Machine("calendar");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Accounts accounts;
    private final InstantSource clock;

    Feeds(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Accounts accounts, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Since when there is one of the post in which this person acts. */
    Optional<Instant> since(Actor.Staff who, boolean all) {
        return inside(who, () -> jdbc.sql("select created_at from exchange.calendar_feed where person = ? and post is not distinct from ?::uuid").param(who.person()).param(post(who, all))
                .query((r, _) -> r.getObject(1, OffsetDateTime.class).toInstant()).optional());
    }

    /** A new one in the place of the old, shown this once. */
    String fresh(Actor.Staff who, boolean all) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        inside(who, () -> jdbc.sql("""
                insert into exchange.calendar_feed (person, post, digest, created_at) values (:person, :post::uuid, :digest, :now)
                on conflict (person, post) do update set digest = excluded.digest, created_at = excluded.created_at""")
                .param("person", who.person()).param("post", post(who, all)).param("digest", digest(token)).param("now", clock.instant().atOffset(ZoneOffset.UTC)).update());
        return token;
    }

    void end(Actor.Staff who, boolean all) {
        inside(who, () -> jdbc.sql("delete from exchange.calendar_feed where person = ? and post is not distinct from ?::uuid").param(who.person()).param(post(who, all)).update());
    }

    private static @Nullable UUID post(Actor.Staff who, boolean all) {
        return all ? null : who.post();
    }

    /** Whose it is, in that post, or in each of theirs, if they still hold it; else nobody's. */
    List<Actor.Staff> open(String token) {
        record Kept(UUID person, @Nullable UUID post) {
        }
        if (!TOKEN.matcher(token).matches()) {
            return List.of();
        }
        return inside(SELF, () -> jdbc.sql("select person, post from exchange.calendar_feed where digest = ?").param(digest(token))
                .query((r, _) -> new Kept(r.getObject(1, UUID.class), r.getObject(2, UUID.class))).optional())
                .filter(kept -> accounts.find(kept.person()).filter(account -> account.endedAt().isEmpty()).isPresent())
                .map(kept -> directory.heldPosts(kept.person(), clock.instant()).stream().filter(held -> kept.post() == null || kept.post().equals(held.post())).map(Actor.Staff::new).toList())
                .orElse(List.of());
    }

    private <T> T inside(Actor who, Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(who, () -> transactions.execute(_ -> work.get())));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
