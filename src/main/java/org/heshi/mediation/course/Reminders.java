package org.heshi.mediation.course;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Repeating;
import org.heshi.matters.Clause;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Readings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells everybody of a dispute once before something of the agreement is due and once when it is late (People's Mediation Law, article 31: the committee sees that
 * agreements are kept). A reminder is an entry of the log, and who told whom can be read there.
 */
@Component
class Reminders {

    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);
    private static final Actor.Machine MACHINE = new Actor.Machine("reminder");
    /** Days before the last one. */
    private static final int BEFORE = 3;
    private static final int LOT = 500;

    private final Matters matters;
    private final Readings readings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Reminders(Matters matters, Readings readings, JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.matters = matters;
        this.readings = readings;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Bean
    static Repeating remindersOfAgreements(Reminders reminders) {
        return new Repeating("reminders of agreements", Duration.ofHours(1), reminders::round, e -> LOG.error("who owes something by an agreement could not be reminded", e));
    }

    private record Owed(UUID matter, int draft, int ordinal, String when) {
    }

    /** @return how many reminders were given */
    int round() {
        return Acting.as(MACHINE, () -> {
            LocalDate today = CivilTime.dateOf(clock.instant());
            List<Owed> owed = Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                    select i.matter, i.draft, i.ordinal, case when i.due < :today then 'late' else 'soon' end as kind
                      from mediation.instalment i join mediation.dispute d on d.matter = i.matter and d.agreement = i.draft
                     where i.done_on is null and (i.due < :today and i.told is distinct from 'late' or i.due between :today and :soon and i.told is null)
                     order by i.due, i.matter, i.ordinal limit :lot
                    """).param("today", today).param("soon", today.plusDays(BEFORE)).param("lot", LOT)
                    .query((r, _) -> new Owed(r.getObject("matter", UUID.class), r.getInt("draft"), r.getInt("ordinal"), r.getString("kind"))).list()));
            return (int) owed.stream().filter(this::told).count();
        });
    }

    private boolean told(Owed one) {
        List<Readings.Reading> read = readings.of(one.matter());
        int version = read.getLast().seq();
        Map<String, Object> input = new HashMap<>(Map.of("which", Integer.toString(one.ordinal()), "when", one.when()));
        agreed(read, one).ifPresent(clause -> input.put("item", clause.what() + clause.amount().map(amount -> "，" + amount.figures() + " 元").orElse("") + "，" + clause.by()));
        // the key is of what is said: after a kill nobody is reminded twice
        Matters.Answer answer = matters.act(Act.on(one.matter(), "remind", input, version,
                "remind-" + one.draft() + "-" + one.ordinal() + "-" + one.when() + "-" + one.matter().toString().substring(24)));
        if (answer instanceof Matters.Answer.Refused) {
            // put away or erased, or of another procedure: nobody is reminded, and the round does not come back to it
            transactions.executeWithoutResult(_ -> jdbc.sql("update mediation.instalment set told = ? where matter = ? and draft = ? and ordinal = ? and done_on is null")
                    .params(one.when(), one.matter(), one.draft(), one.ordinal()).update());
        }
        return answer instanceof Matters.Answer.Done;
    }

    /** Empty when its words were erased. */
    private static Optional<Clause> agreed(List<Readings.Reading> read, Owed one) {
        return read.stream().filter(entry -> entry.seq() == one.draft()).findFirst().map(entry -> entry.words().get("terms")).map(Clause::read)
                .filter(clauses -> clauses.size() >= one.ordinal()).map(clauses -> clauses.get(one.ordinal() - 1));
    }
}
