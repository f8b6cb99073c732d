package org.heshi.matters.api;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Unit;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.KeyedMarks;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.ProgramReports;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which program reported what: written in the transaction of the report, read under the program's own scope. */
@Repository
class ClientMatters implements ProgramReports {

    /** Who reports is the first party of a matter. */
    private static final int REPORTER = 1;
    /** How long is known which request a key was made for; what was done by it is done once for ever. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Matters matters;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final KeyedMarks marks;
    private final InstantSource clock;

    ClientMatters(Matters matters, JdbcClient jdbc, TransactionTemplate transactions, Directory directory, KeyedMarks marks, InstantSource clock) {
        this.marks = marks;
        this.matters = matters;
        this.directory = directory;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Reported(MatterNumber number, Instant at) {
    }

    /** What became of a request. */
    sealed interface Outcome {

        record Answered(Answer answer) implements Outcome {
        }

        /** The key was made for another request. */
        record AnotherRequest() implements Outcome {
        }
    }

    /** Reports it as that program; the same key again is the same matter, also at the same moment: the other one is committed then. */
    Outcome report(Actor.Client client, Act act, String body) {
        return twice(() -> once(client, client, act, body));
    }

    @Override
    public Optional<Answer> report(Actor.Client client, Act act) {
        return switch (report(client, act, new TreeMap<>(act.input()).toString())) {
            case Outcome.Answered(Answer answer) -> Optional.of(answer);
            case Outcome.AnotherRequest _ -> Optional.empty();
        };
    }

    /** Does it in the post of that program. */
    Outcome act(Actor.Client client, HeldPost post, Act act, String body) {
        return twice(() -> once(client, new Actor.Staff(post), act, body));
    }

    private static Outcome twice(Supplier<Outcome> once) {
        try {
            return once.get();
        } catch (DuplicateKeyException | PessimisticLockingFailureException | OptimisticLockingFailureException _) {
            return once.get();
        }
    }

    private Outcome once(Actor.Client client, Actor as, Act act, String body) {
        return Objects.requireNonNull(Acting.as(as, () -> transactions.execute(status -> {
            // who sends the same at this moment waits here until the first is done
            if (!fits(client, act.idempotencyKey(), body)) {
                status.setRollbackOnly();
                return new Outcome.AnotherRequest();
            }
            Answer answer = matters.act(act);
            switch (answer) {
                // without a code it was reported before
                case Answer.Done done when act.matter().isEmpty() -> done.code().ifPresent(_ -> keep(client, done));
                case Answer.Done _ -> {
                }
                case Answer.Refused _, Answer.Stale _ -> status.setRollbackOnly();
            }
            return new Outcome.Answered(answer);
        })));
    }

    /** Whether the key is new or was made for this very request; refused, it is new again. */
    private boolean fits(Actor.Client client, String key, String body) {
        byte[] marked = marks.keyed("api-key", client.client() + " " + key);
        byte[] sent = marks.keyed("api-body", client.client() + " " + body);
        int first = jdbc.sql("insert into matters.client_request (client, key, body, at) values (?, ?, ?, ?) on conflict (client, key) do nothing")
                .param(client.client()).param(marked).param(sent).param(clock.instant().atOffset(ZoneOffset.UTC)).update();
        return first == 1 || jdbc.sql("select body from matters.client_request where client = ? and key = ?").param(client.client()).param(marked)
                .query(byte[].class).optional().filter(before -> MessageDigest.isEqual(before, sent)).isPresent();
    }

    void forget() {
        Acting.run(new Actor.Machine("matters"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("delete from matters.client_request where at < ?")
                .param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)).update()));
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
    @Override
    public Optional<Actor.Resident> reporter(Actor.Client client, MatterNumber number) {
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
