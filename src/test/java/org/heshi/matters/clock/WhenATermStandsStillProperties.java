package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.heshi.HeshiTest;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.matters.clock.NaiveLimits.Kind;
import org.heshi.matters.clock.NaiveLimits.Length;
import org.heshi.matters.clock.NaiveLimits.Run;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Clock;
import org.heshi.matters.procedure.Procedures;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestContextManager;

/**
 * However often a term stands still, goes on and is extended: it is due when a count by hand says so, minute by minute for hours, midnight by midnight
 * for days, and by the working days that ended meanwhile for working days. What is over can neither be let stand still nor be extended.
 */
@HeshiTest
class WhenATermStandsStillProperties {

    private static final UUID LEAD = UUID.fromString("00000000-0000-7000-8000-000000000002");
    private static final Instant FROM = Instant.parse("2023-12-31T16:00:00Z");

    @Autowired
    Clocks clocks;
    @Autowired
    Procedures procedures;

    @BeforeTry
    void program() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
    }

    /** @param after minutes since what was done before */
    record Deed(String action, int after, int days) {
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(Arbitraries.of("pause", "resume", "pause", "resume", "extend-term"), Arbitraries.integers().between(0, 9_000),
                Arbitraries.integers().between(1, 15)).as(Deed::new).list().ofMaxSize(12);
    }

    @Property(tries = 400)
    void isDueWhenACountByHandSaysSo(@ForAll NaiveLimits.Unit unit, @ForAll @IntRange(min = 1, max = 30) int amount, @ForAll boolean daily,
            @ForAll @IntRange(max = 900_000) int start, @ForAll("deeds") List<Deed> deeds) {
        boolean window = daily && unit == NaiveLimits.Unit.HOUR;
        Procedure procedure = under(new Limit(Limit.Unit.valueOf(unit.name()), amount, false), window ? ServiceHours.parse("daily 08:00-20:00") : ServiceHours.ALWAYS);
        Instant at = FROM.plusSeconds(60L * start);
        List<Running> running = new ArrayList<>(move(procedure, "accept", List.of(), at, Map.of()).started());
        Run byHand = new Run(new Kind("total", new Length(amount, unit, window), 0), 1, at);
        boolean extended = false;
        for (Deed deed : deeds) {
            at = at.plusSeconds(60L * deed.after());
            Action action = procedure.findAction(deed.action()).orElseThrow();
            Map<String, Object> data = deed.action().equals("extend-term") ? Map.of("days", deed.days()) : Map.of("reason", "party");
            boolean over = !byHand.standsStill() && !at.isBefore(byHand.due());
            boolean may = switch (deed.action()) {
                case "pause" -> !byHand.standsStill() && !over;
                case "resume" -> byHand.standsStill();
                // by hand nobody counts when what stands still would be over
                default -> !extended && !over && !byHand.standsStill();
            };
            if (deed.action().equals("extend-term") && byHand.standsStill()) {
                continue;
            }
            assertThat(clocks.refusals(procedure, action, data, running, at).isEmpty()).as("%s at %s of %s", deed, at, running).isEqualTo(may);
            if (!may) {
                continue;
            }
            Clocks.Moved moved = move(procedure, deed.action(), running, at, data);
            assertThat(moved.changed()).hasSize(1);
            running = new ArrayList<>(List.of(moved.changed().getFirst().to()));
            switch (deed.action()) {
                case "pause" -> byHand.pause(at);
                case "resume" -> byHand.resume(at);
                default -> {
                    byHand.extend(at, deed.days());
                    extended = true;
                }
            }
            assertThat(running.getFirst().dueAt()).isEqualTo(byHand.due());
            assertThat(running.getFirst().paused()).isEqualTo(byHand.standsStill());
            assertThat(running.getFirst().nextAt() == null).as("nobody is told of what stands still").isEqualTo(byHand.standsStill());
        }
    }

    private Clocks.Moved move(Procedure procedure, String action, List<Running> running, Instant at, Map<String, Object> data) {
        return clocks.move(running, new Clocks.Move(Optional.of(procedure), procedure, procedure.findAction(action).orElseThrow(), data, false, false, 0, 1, at,
                at, _ -> LEAD));
    }

    /** The procedure of services with this term and no other limit. */
    private Procedure under(Limit length, ServiceHours hours) {
        Procedure p = procedures.current("service");
        Clock c = p.clocks().get("total");
        Clock term = new Clock(c.name(), c.title(), new Procedure.Lengths(Optional.empty(), Map.of("blue", length), false), hours, c.binds(), Set.of("accept"), c.satisfies(),
                c.ends(), c.pauses(), c.resumes(), c.rests(), c.wakes(), c.extension(), Optional.empty(), false, false, false, Optional.empty(), c.basis(), false, false, Set.of());
        return new Procedure(p.kind(), p.version(), p.title(), p.about(), p.basis(), p.steps(), p.states(), p.actions(), p.arrivals(), p.outcomes(),
                Map.of(c.name(), term), p.internal(), p.inPublic());
    }
}
