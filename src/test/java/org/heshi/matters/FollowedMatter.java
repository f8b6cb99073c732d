package org.heshi.matters;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.heshi.People;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.springframework.context.ApplicationContext;

/** Staff on the other side of a resident's test: a clerk of the county's centre and a unit that handles in a village of its own, all invented. */
public final class FollowedMatter {

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Matters matters;
    private final MatterViews views;
    private final Division place;
    private final Actor.Staff desk;
    private final Actor.Staff handler;

    private FollowedMatter(ApplicationContext context, Division place) {
        this.matters = context.getBean(Matters.class);
        this.views = context.getBean(MatterViews.class);
        this.place = place;
        People people = new People(context);
        Directory directory = context.getBean(Directory.class);
        InstantSource clock = context.getBean(InstantSource.class);
        Role[] roles = {Role.WINDOW_CLERK, Role.DISPATCHER, Role.VERIFIER};
        // What residents report goes to the county's centre; another test may have made it.
        People.Somebody centre = directory.countyCentreFor(place.code()).map(unit -> people.in(unit.id(), roles))
                .orElseGet(() -> people.in(UnitType.CENTRE, place.code().substring(0, 6), roles));
        People.Somebody unit = people.in(UnitType.DEPARTMENT, place.code(), Role.HANDLER);
        this.desk = new Actor.Staff(directory.findHeldPost(centre.person(), centre.post(), clock.instant()).orElseThrow());
        this.handler = new Actor.Staff(directory.findHeldPost(unit.person(), unit.post(), clock.instant()).orElseThrow());
    }

    /** Each time another village of Zhuji's last town, so that tests do not meet. */
    public static FollowedMatter inAVillage(ApplicationContext context) {
        Divisions divisions = context.getBean(Divisions.class);
        List<Division> villages = divisions.children(divisions.children("330681").getLast().code());
        return new FollowedMatter(context, villages.get(NEXT.getAndIncrement() % villages.size()));
    }

    public String place() {
        return place.code();
    }

    public String placeName() {
        return place.name();
    }

    public Actor.Staff desk() {
        return desk;
    }

    public Actor.Staff handler() {
        return handler;
    }

    /** A resident's report at this place; the answer holds the code. */
    public Answer.Done report(Map<String, Object> more) {
        Map<String, Object> input = new java.util.HashMap<>(Map.of("title", "路灯不亮", "description", "村口的路灯坏了三天", "place", place.code()));
        input.putAll(more);
        return (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, UUID.randomUUID().toString())));
    }

    public UUID find(MatterNumber number) {
        return Acting.as(desk, () -> views.find(number)).orElseThrow();
    }

    public List<MatterViews.HistoryItem> history(UUID matter) {
        return Acting.as(desk, () -> views.history(matter));
    }

    public void takeToTheHandler(UUID matter) {
        act(desk, matter, "confirm", Map.of());
        act(desk, matter, "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        act(desk, matter, "assign", Map.of("lead", handler.unit().toString(), "reason", "职责所在"));
        act(handler, matter, "accept", Map.of());
    }

    public void ask(UUID matter, String question) {
        act(handler, matter, "ask", Map.of("question", question));
    }

    public void answerAndClose(UUID matter, String answer) {
        act(handler, matter, "handle", Map.of("done", "到现场更换了灯头"));
        act(handler, matter, "answer", Map.of("answer", answer));
        act(desk, matter, "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"));
    }

    public void act(Actor.Staff who, UUID matter, String action, Map<String, Object> input) {
        int version = Acting.as(who, () -> views.get(matter)).version();
        Answer answer = Acting.as(who, () -> matters.act(Act.on(matter, action, input, version, UUID.randomUUID().toString())));
        if (!(answer instanceof Answer.Done)) {
            throw new AssertionError(action + " was not done: " + answer);
        }
    }
}
