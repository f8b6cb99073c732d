package org.heshi.privacy.keeping;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Swept;
import org.heshi.matters.Endings;
import org.heshi.matters.Endings.Answer;
import org.heshi.matters.Endings.Closed;
import org.heshi.matters.Endings.Ground;
import org.heshi.matters.Parts;
import org.heshi.privacy.register.PurposeRegister;
import org.heshi.privacy.rights.Requests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One round: what was begun is brought to its end, what is due is put away, what has been kept long enough is erased, old records go. Each matter is
 * a transaction of its own and its state says what is still to be done, so that a round that was killed is simply done again.
 */
@Component
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    static final Actor.Machine MACHINE = new Actor.Machine("retention");
    private static final int LOT = 200;

    private final Endings endings;
    private final Parts parts;
    private final Due due;
    private final Requests requests;
    private final PurposeRegister register;
    private final List<Swept> swept;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final boolean on;
    /** The first round of each start sweeps whatever was erased before: the program may have been killed or stood still. It costs nothing where nothing is left. */
    private volatile Instant sweptAt = Instant.EPOCH;

    Retention(Endings endings, Parts parts, Due due, Requests requests, PurposeRegister register, List<Swept> swept, JdbcClient jdbc, TransactionTemplate transactions,
            InstantSource clock, @Value("${heshi.retention:on}") boolean on) {
        this.endings = endings;
        this.parts = parts;
        this.due = due;
        this.requests = requests;
        this.register = register;
        this.swept = swept;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.on = on;
    }

    /** How far a round has come. */
    static final class Done {
        long looked;
        long putAway;
        long erased;
        long held;
        long failed;
    }

    boolean on() {
        return on;
    }

    /** What was granted to data subjects, and what a killed process left half done. Cheap when there is nothing. */
    void goOn() {
        endings.goOn(LOT);
        parts.goOn(LOT);
        requests.carryOut();
    }

    Done round() {
        Done done = new Done();
        Instant began = clock.instant();
        write(began, done, false);
        goOn();
        if (on) {
            LocalDate today = CivilTime.dateOf(began);
            for (String kind : endings.kinds()) {
                // what is over altogether is put away and erased in one round
                end(kind, false, today, began, done);
                end(kind, true, today, began, done);
            }
            for (Swept records : swept) {
                Integer months = register.now().records().get(records.what());
                Instant before = CivilTime.startOf(today.minusMonths(Objects.requireNonNull(months)));
                while (records.sweep(before, LOT * 10) == LOT * 10) {
                    LOG.info("old records of {} go, more to come", records.what());
                }
            }
        }
        // what was erased on request, and at any other time than in a round, too
        Instant now = clock.instant();
        if (endings.finishedSince(sweptAt)) {
            endings.sweep();
            sweptAt = now;
        }
        write(began, done, true);
        return done;
    }

    private void end(String kind, boolean erase, LocalDate today, Instant began, Done done) {
        Optional<Closed> after = Optional.empty();
        do {
            Due.Lot lot = due.lot(kind, erase, "", today, after, LOT);
            for (Due.Line line : lot.lines()) {
                if (line.held()) {
                    done.held++;
                    continue;
                }
                try {
                    Answer answer = Acting.as(MACHINE, () -> erase ? endings.erase(line.matter().matter(), Ground.RETENTION, due.rule(line.matter()))
                            : endings.putAway(line.matter().matter(), due.rule(line.matter())));
                    if (answer instanceof Answer.Done && erase) {
                        done.erased++;
                    } else if (answer instanceof Answer.Done) {
                        done.putAway++;
                    } else if (answer instanceof Answer.Refused) {
                        // held since the lot was read
                        done.held++;
                    }
                } catch (RuntimeException e) {
                    done.failed++;
                    LOG.error("a matter that is due could not be {}; the next round tries again", erase ? "erased" : "put away", e);
                }
            }
            done.looked += lot.looked();
            after = lot.next();
            write(began, done, false);
        } while (after.isPresent());
    }

    private void write(Instant began, Done done, boolean ended) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Acting.run(MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into privacy.round (began_at, seen_at, ended_at, looked, put_away, erased, held, failed)
                values (:began, :now, case when :ended then :now end, :looked, :away, :erased, :held, :failed)
                on conflict (one) do update set began_at = excluded.began_at, seen_at = excluded.seen_at, ended_at = excluded.ended_at, looked = excluded.looked,
                  put_away = excluded.put_away, erased = excluded.erased, held = excluded.held, failed = excluded.failed
                """).param("began", began.atOffset(ZoneOffset.UTC)).param("now", now).param("ended", ended).param("looked", done.looked).param("away", done.putAway)
                .param("erased", done.erased).param("held", done.held).param("failed", done.failed).update()));
    }

    /** The newest round, for the page of who watches it. */
    Optional<Round> newest() {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select * from privacy.round").query((r, _) -> new Round(
                r.getObject("began_at", OffsetDateTime.class).toInstant(), r.getObject("ended_at") != null, r.getLong("looked"), r.getLong("put_away"), r.getLong("erased"),
                r.getLong("held"), r.getLong("failed"))).optional()));
    }
}
