package org.heshi.matters.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which program reported what: written in the transaction of the report, read under the program's own scope. */
@Repository
class ClientMatters {

    /** Who reports is the first party of a matter. */
    private static final int REPORTER = 1;

    private final Matters matters;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final InstantSource clock;

    ClientMatters(Matters matters, JdbcClient jdbc, TransactionTemplate transactions, Directory directory, InstantSource clock) {
        this.matters = matters;
        this.directory = directory;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Reported(MatterNumber number, Instant at) {
    }

    /** Reports it as that program; the same key again is the same matter, also at the same moment: the other one is committed then. */
    Answer report(Actor.Client client, Act act) {
        try {
            return once(client, act);
        } catch (DuplicateKeyException | PessimisticLockingFailureException | OptimisticLockingFailureException _) {
            return once(client, act);
        }
    }

    private Answer once(Actor.Client client, Act act) {
        return Objects.requireNonNull(Acting.as(client, () -> transactions.execute(status -> {
            Answer answer = matters.act(act);
            switch (answer) {
                // without a code it was reported before
                case Answer.Done done -> done.code().ifPresent(_ -> keep(client, done));
                case Answer.Refused _, Answer.Stale _ -> status.setRollbackOnly();
            }
            return answer;
        })));
    }

    /** The unit that the program acts for and those that it is a part of. */
    private UUID[] offices(Actor.Client client) {
        Set<UUID> offices = new LinkedHashSet<>();
        for (Optional<UUID> next = Optional.of(client.unit()); next.isPresent() && offices.add(next.get());) {
            next = directory.findUnit(next.get()).flatMap(Unit::parent);
        }
        return offices.toArray(UUID[]::new);
    }

    private void keep(Actor.Client client, Answer.Done done) {
        jdbc.sql("insert into matters.client_matter (client, matter, party, number, reported_at) values (?, ?, ?, ?, ?)")
                .param(client.client()).param(done.matter()).param(REPORTER).param(done.number().digits())
                .param(clock.instant().atOffset(ZoneOffset.UTC)).update();
    }

    /** The reporter in whose place this program may read that matter; none when the matter is about its office or one above, or is put away. */
    Optional<Actor.Resident> reporter(Actor.Client client, MatterNumber number) {
        return Objects.requireNonNull(Acting.as(client, () -> transactions.execute(_ ->
                jdbc.sql("select matter, party from matters.client_matter where number = ? and not matters.kept_from(matter, ?::uuid[])")
                        .param(number.digits()).param(offices(client))
                        .query((r, _) -> new Actor.Resident(r.getObject(1, UUID.class), r.getInt(2))).optional())));
    }

    /** What it reported and may read, the newest first. @param before the number that came last on the page before */
    List<Reported> list(Actor.Client client, Optional<MatterNumber> before, int most) {
        return Objects.requireNonNull(Acting.as(client, () -> transactions.execute(_ -> jdbc.sql("""
                select number, reported_at from matters.client_matter
                where (:before::text is null or matter < (select b.matter from matters.client_matter b where b.number = :before))
                  and not matters.kept_from(matter, :offices::uuid[])
                order by matter desc limit :most""")
                .param("before", before.map(MatterNumber::digits).orElse(null), java.sql.Types.VARCHAR).param("most", most)
                .param("offices", offices(client))
                .query((r, _) -> new Reported(new MatterNumber(r.getString(1)), r.getObject(2, OffsetDateTime.class).toInstant())).list())));
    }
}
