package org.heshi.matters.say;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.matters.log.Digests;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** GivenLinks that were given, by the digest of their secret: each stands for one reporter of one matter until it was used or its time is over. */
@Component
class GivenLinks {

    private static final Actor.Machine KEEPER = new Actor.Machine("links");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InnerScope inner;
    private final InstantSource clock;

    GivenLinks(JdbcClient jdbc, TransactionTemplate transactions, InnerScope inner, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.inner = inner;
        this.clock = clock;
    }

    /** Whom the link stands for; empty for one that was never given, was used, or is too old: nobody learns which. */
    Optional<Actor.Resident> find(String token) {
        return token.matches("[0-9a-f]{32}") ? Acting.as(KEEPER, () -> transactions.execute(_ -> jdbc.sql("""
                select matter, party from matters.ask_link where digest = ? and used_at is null and expires_at > ?
                """).param(digest(token)).param(clock.instant().atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Actor.Resident(r.getObject("matter", UUID.class), r.getInt("party"))).optional())) : Optional.empty();
    }

    /** Ends the link inside the transaction of what it was used for. @return false when somebody used it in this moment */
    boolean use(String token) {
        int[] used = new int[1];
        inner.as(KEEPER, () -> used[0] = jdbc.sql("update matters.ask_link set used_at = ? where digest = ? and used_at is null")
                .param(clock.instant().atOffset(ZoneOffset.UTC)).param(digest(token)).update());
        return used[0] == 1;
    }

    private static byte[] digest(String token) {
        return Digests.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
