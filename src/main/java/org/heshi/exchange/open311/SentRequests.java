package org.heshi.exchange.open311;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Matters.Answer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** What came in by Open311, for which service, and the tokens that stand for numbers until these are public. */
@Repository
class SentRequests {

    private static final Actor SELF = new Actor.Machine("open311");

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    SentRequests(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Sent(UUID matter, String number, String category, Instant sentAt) {
    }

    /** @return a token when the service gives numbers for tokens only; the same request again gets another one, and the first is void: nobody has it */
    Optional<String> keep(Actor.Client client, Service service, Answer.Done done) {
        Optional<String> token = service.batch() ? Optional.of(fresh()) : Optional.empty();
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

    private String fresh() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
