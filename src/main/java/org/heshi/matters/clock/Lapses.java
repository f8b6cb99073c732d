package org.heshi.matters.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Matters;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Does what the procedure says when a reporter let a time pass in which they might have done something: through the one door, as the part of the
 * program that is called clock, with a key of the run, so that it is done once however many processes look.
 */
@Component
class Lapses {

    private static final Logger LOG = LoggerFactory.getLogger(Lapses.class);
    private static final Actor.Machine CLOCK = new Actor.Machine("clock");
    private static final int BATCH = 200;
    /** One that failed waits so long; the others do not wait for it. */
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Matters matters;
    private final Procedures procedures;
    private final InstantSource clock;
    private final Map<Due, Instant> failed = new ConcurrentHashMap<>();
    /** Clocks into which nothing lapses, as {@code kind/version/name}: however many are over, the others do not wait behind them. */
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    Lapses(@Qualifier("follower") JdbcClient jdbc, Matters matters, Procedures procedures, InstantSource clock) {
        this.jdbc = jdbc;
        this.matters = matters;
        this.procedures = procedures;
        this.clock = clock;
    }

    private record Due(UUID matter, int version, String kind, int procedure, String name, int run) {
    }

    /** Lets everything lapse that is due now, one batch of it, oldest first. @return how many were due */
    int round() {
        Instant now = clock.instant();
        failed.values().removeIf(again -> !again.isAfter(now));
        int done = 0;
        int known;
        do {
            known = silent.size();
            for (Due one : due(now)) {
                done += lapsed(one, now) ? 1 : 0;
            }
        } while (silent.size() > known);
        return done;
    }

    private List<Due> due(Instant now) {
        return jdbc.sql("""
                select c.matter, m.version, c.kind, c.procedure, c.name, c.run
                from matters.clock c join matters.matter m on m.id = c.matter
                where c.relation = 'reporter' and c.due_at <= ? and c.paused_at is null
                  and c.kind || '/' || c.procedure || '/' || c.name <> all (?)
                order by c.due_at limit ?
                """).param(now.atOffset(ZoneOffset.UTC)).param(silent.toArray(String[]::new)).param(BATCH + failed.size()).query(Due.class).list();
    }

    private boolean lapsed(Due one, Instant now) {
        if (failed.containsKey(one)) {
            return false;
        }
        try {
            Optional<String> action = Optional.ofNullable(procedures.version(one.kind(), one.procedure()).clocks().get(one.name())).flatMap(Procedure.Clock::lapses);
            if (action.isEmpty()) {
                silent.add(one.kind() + "/" + one.procedure() + "/" + one.name());
                return false;
            }
            Matters.Act act = Matters.Act.on(one.matter(), action.get(), Map.of(), one.version(), "lapse-" + one.matter().toString().replace("-", "") + "-" + one.run());
            Matters.Answer answer = Acting.as(CLOCK, () -> matters.act(act));
            if (answer instanceof Matters.Answer.Refused refused) {
                throw new IllegalStateException(action.get() + " was refused: " + refused.refusals());
            }
            return true;
        } catch (RuntimeException e) {
            LOG.error("what the limit {} of the matter {} lapses into was not done; again in {}", one.name(), one.matter(), AGAIN, e);
            failed.put(one, now.plus(AGAIN));
            return false;
        }
    }
}
