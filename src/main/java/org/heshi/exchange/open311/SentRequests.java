package org.heshi.exchange.open311;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.KeyedMarks;
import org.heshi.matters.Matters.Answer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What came in by Open311, for which service, and the tokens that stand for numbers until these are public. A token is made of the matter under a key that stands
 * outside the database: who sends a request again, or fifty times at once, is answered the same.
 */
@Repository
class SentRequests {

    /** Bytes of a token. */
    private static final int TOKEN = 24;
    /** In which a program that got no answer sends again. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);
    private static final Actor SELF = new Actor.Machine("open311");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final KeyedMarks marks;
    private final Duration equal;

    SentRequests(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, KeyedMarks marks, @Value("${heshi.open311-equal:300}") long equal) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.marks = marks;
        this.equal = Duration.ofSeconds(equal);
    }

    record Sent(UUID matter, String number, String category, Instant sentAt) {
    }

    /**
     * The key of idempotency of a request that came without one: as long as requests that say the same count as one, it is that of the first of them. Who sends at the
     * same moment waits for the row of the other.
     *
     * @param said   all that it says
     * @param sender what tells who sent it from others who say the same; kept as part of the digest only
     * @param told   whether anything tells so: without it two people may well say the same, and only what is sent again at once is the same request
     */
    String key(Actor.Client client, String said, String sender, boolean told) {
        String fresh = UUID.randomUUID().toString();
        if (equal.isZero()) {
            return fresh;
        }
        Instant now = clock.instant();
        Duration counts = told || equal.compareTo(AT_ONCE) < 0 ? equal : AT_ONCE;
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> jdbc.sql("""
                insert into exchange.equal_request as known (client, body, key, at) values (:client, :body, :key, :now)
                on conflict (client, body) do update set key = case when known.at < :since then excluded.key else known.key end,
                                                         at = case when known.at < :since then excluded.at else known.at end
                returning key""")
                .param("client", client.client()).param("body", marks.keyed("open311-body", client.client() + " " + said + " " + sender))
                .param("key", fresh).param("now", now.atOffset(ZoneOffset.UTC)).param("since", now.minus(counts).atOffset(ZoneOffset.UTC))
                .query(String.class).single())));
    }

    /** Nothing is kept of requests that no other will be held against. */
    void forgetEqual() {
        Acting.run(SELF, () -> transactions.executeWithoutResult(_ -> jdbc.sql("delete from exchange.equal_request where at < ?")
                .param(clock.instant().minus(equal).atOffset(ZoneOffset.UTC)).update()));
    }

    /** Of an erased matter it is not kept who sent it. */
    void forget(UUID matter) {
        Acting.run(SELF, () -> transactions.executeWithoutResult(_ -> jdbc.sql("delete from exchange.sent_request where matter = ?").param(matter).update()));
    }

    /** @return a token when the service gives numbers for tokens only; the same for the same matter */
    Optional<String> keep(Actor.Client client, Service service, Answer.Done done) {
        Optional<String> token = service.batch() ? Optional.of(token(done.matter())) : Optional.empty();
        Acting.as(SELF, () -> transactions.execute(_ -> jdbc.sql("""
                insert into exchange.sent_request (matter, client, number, category, sent_at, token) values (:matter, :client, :number, :category, :now, :token)
                on conflict (matter) do update set token = coalesce(excluded.token, sent_request.token)""")
                .param("matter", done.matter()).param("client", client.client()).param("number", done.number().digits()).param("category", service.code())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC)).param("token", token.map(SentRequests::digest).orElse(null), java.sql.Types.BINARY).update()));
        return token;
    }

    /** What this token stands for, public or not. */
    Optional<Sent> byToken(String token) {
        return one(jdbc.sql("select * from exchange.sent_request where token = ?").param(digest(token)));
    }

    Optional<Sent> of(Actor.Client client, MatterNumber number) {
        return one(jdbc.sql("select * from exchange.sent_request where client = ? and number = ?").param(client.client()).param(number.digits()));
    }

    private Optional<Sent> one(JdbcClient.StatementSpec asked) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> asked.query((r, _) -> new Sent(r.getObject("matter", UUID.class),
                r.getString("number"), r.getString("category"), r.getObject("sent_at", OffsetDateTime.class).toInstant())).optional())));
    }

    private String token(UUID matter) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(marks.keyed("open311-token", matter.toString()), TOKEN));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
