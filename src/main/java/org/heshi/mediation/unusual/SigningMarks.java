package org.heshi.mediation.unusual;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Repeating;
import org.heshi.matters.KeyedMarks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** A mark of each signature that a party gave on a screen: whether several of one case came from one visit. It says nothing of who used what, nor in which other case. */
@Repository
public class SigningMarks {

    private static final Logger LOG = LoggerFactory.getLogger(SigningMarks.class);
    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InnerScope inner;
    private final KeyedMarks marks;
    private final Directory directory;
    private final UnusualSettings settings;
    private final InstantSource clock;

    SigningMarks(JdbcClient jdbc, TransactionTemplate transactions, InnerScope inner, KeyedMarks marks, Directory directory, UnusualSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.inner = inner;
        this.marks = marks;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    static Repeating marksOfSignaturesThatGo(SigningMarks marks) {
        return new Repeating("marks of signatures that go", Duration.ofHours(6), marks::round, e -> LOG.error("marks of signatures could not be deleted", e));
    }

    /**
     * @param unit   that mediates
     * @param visit  something random that lasts as long as the visit of a browser
     * @param handed when staff handed out what they signed with; empty where they themselves can be reached
     */
    public record Signed(UUID matter, UUID unit, int seq, int party, int draft, String visit, Optional<Instant> handed) {
    }

    /** Once for each signature, in a transaction. */
    public void put(Signed signed) {
        String scope = directory.findUnit(signed.unit()).map(Unit::division).orElseThrow();
        inner.as(SELF, () -> jdbc.sql("insert into mediation.signing (matter, seq, party, draft, at, mark, handed, scope) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing").param(signed.matter())
                .param(signed.seq()).param(signed.party()).param(signed.draft()).param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(marks.keyed("signing-visit", signed.matter() + " " + signed.visit())).param(signed.handed().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)).param(scope)
                .update());
    }

    /** The case file was bound, within that transaction: from now on the time runs after which the marks go. */
    public void bound(UUID matter) {
        inner.as(SELF, () -> jdbc.sql("update mediation.signing set bound_at = ? where matter = ? and bound_at is null").param(clock.instant().atOffset(ZoneOffset.UTC)).param(matter).update());
    }

    /** Deletes what is over its time. @return how many marks went */
    public int round() {
        return Acting.as(SELF, () -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("delete from mediation.signing where bound_at <= ?")
                .param(clock.instant().minus(settings.keep()).atOffset(ZoneOffset.UTC)).update())));
    }
}
