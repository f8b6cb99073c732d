package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeTry;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.view.MatterViews;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever anybody tries, in whatever order: a matter stays on its procedure's map, every done action is one entry, nothing that was refused
 * leaves a trace, and while it is open somebody on the staff can bring it on.
 */
@HeshiTest
class WhenRandomPeopleDoRandomThingsProperties {

    private static final int TRIES = 60;
    private static final int TRIES_IN_FULL = 1_500;
    private static Hall hall;

    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    Procedures procedures;
    @Autowired
    Chains chains;

    @BeforeTry
    void program() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        if (hall == null) {
            hall = new Hall(context);
        }
    }

    /** One try of somebody: who, which of all actions of the procedure, and how the fields are filled. */
    record Try(int who, int action, long values, boolean allowed) {
    }

    @Provide
    Arbitrary<List<Try>> tries() {
        // three of four choose what the page would offer them, so that matters get far; the others try anything
        Arbitrary<Try> one = Combinators.combine(Arbitraries.integers().between(0, 30), Arbitraries.integers().between(0, 60), Arbitraries.longs(),
                Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, Arbitraries.just(true)), net.jqwik.api.Tuple.of(1, Arbitraries.just(false)))).as(Try::new);
        return one.list().ofMinSize(5).ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> kinds() {
        return Arbitraries.of("intake", "grid-event", "service", "advice", "emergency", "hazard", "dispute", "petition");
    }

    @Property(tries = 1)
    void knowsEveryKind() {
        assertThat(procedures.all()).extracting(Procedure::kind).contains("intake", "grid-event", "service", "advice", "emergency", "hazard", "dispute",
                "petition");
    }

    @Property(tries = TRIES)
    void staysOnTheMap(@ForAll("kinds") String kind, @ForAll("tries") List<Try> tries) {
        walk(kind, tries);
    }

    @Property(tries = TRIES_IN_FULL)
    @Tag("full")
    void staysOnTheMapAtFullSize(@ForAll("kinds") String kind, @ForAll("tries") List<Try> tries) {
        walk(kind, tries);
    }

    private void walk(String kind, List<Try> tries) {
        Answer.Done born = hall.report();
        UUID id = born.matter();
        int version = 1;
        if (!kind.equals(Procedure.INTAKE)) {
            hall.done(hall.clerk, id, "confirm", Map.of(), 1);
            version = hall.done(hall.dispatcher, id, "sort", Map.of("kind", kind, "category", "02", "level", "blue"), 2).version();
        }
        List<Actor> people = List.of(hall.clerk, hall.dispatcher, hall.verifier, hall.supervisor, hall.handler, hall.otherHandler, hall.policeHead,
                hall.stationHandler, hall.bothSides, hall.neighbourDispatcher, hall.organDispatcher, new Actor.Resident(id, 1), new Actor.Passerby());
        for (Try t : tries) {
            Actor who = people.get(t.who() % people.size());
            MatterViews.MatterView before = Acting.as(new Actor.Machine("test"), () -> views.get(id));
            assertThat(before.version()).isEqualTo(version);
            List<Action> choice = t.allowed() ? allowed(who, id) : List.copyOf(before.procedure().actions().values());
            if (choice.isEmpty()) {
                continue;
            }
            Action action = choice.get(t.action() % choice.size());
            Map<String, Object> input = fill(action, new Random(t.values()), before, born.number());
            Answer answer;
            try {
                answer = hall.act(who, id, action.name(), input, version);
            } catch (NoSuchElementException nothingToSee) {
                continue;
            }
            MatterViews.MatterView after = Acting.as(new Actor.Machine("test"), () -> views.get(id));
            if (answer instanceof Answer.Done done) {
                assertThat(done.version()).isEqualTo(version + 1);
                version++;
            }
            assertThat(after.version()).as("version after %s by %s: %s", action.name(), who, answer).isEqualTo(version);
            // that the state is one of its procedure's is what reading the view proves; leaving must be by an action that may leave
            if (!(answer instanceof Answer.Done)) {
                assertThat(after.state()).isEqualTo(before.state());
                assertThat(after.head()).isEqualTo(before.head());
            }
            if (after.closed()) {
                assertThat(after.outcome()).as("outcome of a closed matter").isPresent();
            } else {
                assertThat(people.stream().filter(Actor.Staff.class::isInstance)
                        .flatMap(p -> allowed(p, id).stream()).anyMatch(a -> a.to().isPresent() || a.effect() == Procedure.Effect.SORT))
                        .as("somebody on the staff can bring on a matter in %s.%s held by %s", after.procedure().kind(), after.state().name(), after.lead())
                        .isTrue();
            }
        }
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.of(born.number()), wrong::add, _ -> { }));
        assertThat(wrong).isEmpty();
        int entries = Acting.as(new Actor.Machine("test"), () -> views.history(id)).size();
        assertThat(entries).isEqualTo(version);
    }

    private List<Action> allowed(Actor who, UUID id) {
        try {
            return Acting.as(who, () -> views.nextActions(id));
        } catch (NoSuchElementException e) {
            return List.of();
        }
    }

    /** Mostly what the form asks for, now and then nonsense. */
    private Map<String, Object> fill(Action action, Random random, MatterViews.MatterView now, MatterNumber number) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (Field field : action.fields()) {
            if (!field.required() && random.nextInt(3) == 0) {
                continue;
            }
            if (random.nextInt(40) == 0) {
                input.put(field.name(), "'; drop table matters.entry; -- \uD800<script>");
                continue;
            }
            Object value = switch (field.type()) {
                case LINE, TEXT, DETAIL -> "话" + random.nextInt(1000);
                case NAME -> "某某";
                case PHONE -> "13800000000";
                case EMAIL -> "a@example.cn";
                case ADDRESS -> "某村1号";
                case CHOICE -> List.copyOf(field.options().keySet()).get(random.nextInt(field.options().size()));
                case BOOLEAN -> "true";
                case NUMBER -> "1";
                case DATE -> "2026-01-01";
                case TIME -> "2026-01-01T08:00";
                case DIVISION -> hall.county;
                case POINT -> "29.7,120.2";
                case CATEGORY -> "02";
                case LEVEL -> List.of("blue", "yellow", "red").get(random.nextInt(3));
                case KIND -> {
                    List<Procedure> all = procedures.all();
                    yield all.get(random.nextInt(all.size())).kind();
                }
                case OUTCOME -> {
                    List<String> outcomes = action.outcomes().isEmpty() ? List.copyOf(now.procedure().outcomes().keySet()) : action.outcomes();
                    yield outcomes.get(random.nextInt(outcomes.size()));
                }
                case UNIT -> List.of(hall.works, hall.police, hall.station, hall.organ, hall.neighbour, hall.centre).get(random.nextInt(6)).id().toString();
                case UNITS -> List.of(hall.works.id().toString(), hall.police.id().toString());
                case MATTER -> number.shown();
                case RATING -> Integer.toString(1 + random.nextInt(5));
                case CODE -> "GD-" + random.nextInt(1_000_000);
                case POST -> hall.handler.post().toString();
                case FILES -> List.of();
                case PARTIES -> List.of("1");
                case IDENTITY -> "91330681MA2D8ABC1X";
                case AMOUNT, SUM -> "12.50";
                case PICK -> "1";
                case CLAUSES -> List.of("1\t\t拆墙\t\t2099-01-01\t");
            };
            input.put(field.name(), value);
        }
        return input;
    }
}
