package org.heshi.mediation.sign;

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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.matters.Forgetting;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Links that were given, by the digest of their secret: each stands for one party and one text until it is used, replaced, too old, or the text is void. */
@Component
class SigningLinks implements Forgetting {

    private static final Actor.Machine KEEPER = new Actor.Machine("signing-links");
    private static final int SECRET_BYTES = 16;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InnerScope inner;
    private final InstantSource clock;
    private final Duration holds;
    private final SecureRandom random = new SecureRandom();

    SigningLinks(JdbcClient jdbc, TransactionTemplate transactions, InnerScope inner, InstantSource clock,
            @Value("${heshi.mediation.signing-link-holds:7d}") Duration holds) {
        if (holds.isNegative() || holds.isZero()) {
            throw new IllegalArgumentException("heshi.mediation.signing-link-holds must be longer than nothing");
        }
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.inner = inner;
        this.clock = clock;
        this.holds = holds;
    }

    /**
     * A link as it is kept.
     *
     * @param text digest of the draft's entry, hexadecimal
     */
    record Link(UUID matter, int party, int draft, String text, Instant madeAt, Instant expiresAt, Optional<Instant> usedAt, boolean replaced) {

        boolean aliveAt(Instant now) {
            return usedAt.isEmpty() && !replaced && now.isBefore(expiresAt);
        }

        Actor.Resident signer() {
            return new Actor.Resident(matter, party);
        }
    }

    /** A new one, by staff who see the matter; the party's earlier one ends. @return its secret, which is kept nowhere */
    String make(UUID matter, int party, int draft, String text) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            // two of them at the same moment stand in line: the second ends the first
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 7))").param("signing-link " + matter + " " + party).query((_, _) -> true).single();
            inner.as(KEEPER, () -> jdbc.sql("""
                    update mediation.signing_link set replaced_at = ? where matter = ? and party = ? and used_at is null and replaced_at is null
                    """).param(utc(now)).param(matter).param(party).update());
            jdbc.sql("insert into mediation.signing_link (digest, matter, party, draft, text, made_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)")
                    .param(digest(token)).param(matter).param(party).param(draft).param(HexFormat.of().parseHex(text)).param(utc(now))
                    .param(utc(now.plus(holds))).update();
        });
        return token;
    }

    /** Whatever was given under that secret, also when it works no more; empty when nothing was. For a stranger, who reads none of it. */
    Optional<Link> find(String token) {
        return token.matches("[0-9a-f]{32}") ? Acting.as(KEEPER, () -> Objects.requireNonNull(transactions.execute(_ ->
                jdbc.sql("""
                        select matter, party, draft, encode(text, 'hex') as text, made_at, expires_at, used_at, replaced_at
                        from mediation.signing_link where digest = ?
                        """).param(digest(token)).query(SigningLinks::link).optional()))) : Optional.empty();
    }

    /** The newest link of each party, for staff who see the matter. */
    List<Link> of(UUID matter) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select distinct on (party) matter, party, draft, encode(text, 'hex') as text, made_at, expires_at, used_at, replaced_at
                from mediation.signing_link where matter = ? order by party, made_at desc, replaced_at nulls first
                """).param(matter).query(SigningLinks::link).list()));
    }

    /** Ends what the party has, within the transaction in which they signed, by whatever way they came. */
    void signed(UUID matter, int party, Instant at) {
        inner.as(KEEPER, () -> jdbc.sql("""
                update mediation.signing_link set used_at = ? where matter = ? and party = ? and used_at is null and replaced_at is null
                """).param(utc(at)).param(matter).param(party).update());
    }

    @Override
    public String room() {
        return "mediation-links";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> jdbc.sql("delete from mediation.signing_link where matter = ?").param(matter.matter()).update());
        return true;
    }

    private static Link link(ResultSet r, int row) throws SQLException {
        return new Link(r.getObject("matter", UUID.class), r.getInt("party"), r.getInt("draft"), r.getString("text"),
                r.getObject("made_at", OffsetDateTime.class).toInstant(), r.getObject("expires_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(r.getObject("used_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant), r.getObject("replaced_at") != null);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
