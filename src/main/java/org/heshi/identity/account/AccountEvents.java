package org.heshi.identity.account;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** What was done with the means to sign in of an account; told to its owner. */
@Repository
public class AccountEvents {

    /** @param byOwner false: by an administrator on the server */
    public record Event(Instant at, String what, boolean byOwner) {
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    AccountEvents(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Notes it, in the caller's transaction if one runs as the program itself.
     *
     * @param what  ends a message key: {@code account.event.<what>}
     * @param actor who did it; none: a command on the server
     */
    public void note(UUID person, String what, @Nullable UUID actor) {
        Instant now = clock.instant();
        Acting.run(new Actor.Machine("identity"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into identity.account_event (id, person, at, what, actor) values (:id, :person, :at, :what, :actor::uuid)""")
                .param("id", Uuid7.at(now)).param("person", person).param("at", now.atOffset(ZoneOffset.UTC)).param("what", what)
                .param("actor", actor).update()));
    }

    /** The last ones, newest first. */
    public List<Event> last(UUID person, int most) {
        return Optional.ofNullable(Acting.as(new Actor.Machine("identity"), () -> transactions.execute(_ -> jdbc.sql("""
                select at, what, actor is not null from identity.account_event where person = ? order by at desc, id desc limit ?""")
                .param(person).param(most)
                .query((row, _) -> new Event(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getBoolean(3))).list())))
                .orElseThrow();
    }
}
