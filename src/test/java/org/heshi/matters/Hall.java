package org.heshi.matters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.springframework.context.ApplicationContext;

/** A small hall in a county of its own: a centre, two departments, one with an office under it, and an organ that receives complaints. */
public final class Hall {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Instant SINCE = Instant.parse("2020-01-01T00:00:00Z");

    public final String county;
    public final Unit centre;
    public final Unit works;
    public final Unit police;
    public final Unit station;
    public final Unit organ;
    public final Unit neighbour;
    /** An organ of the prefecture: it reviews what those of the county decided. */
    public final Unit above;
    /** An organ of the province, above that. */
    public final Unit highest;
    public final Unit otherHighest;
    public final Actor.Staff clerk;
    public final Actor.Staff dispatcher;
    public final Actor.Staff verifier;
    public final Actor.Staff supervisor;
    public final Actor.Staff handler;
    public final Actor.Staff otherHandler;
    public final Actor.Staff policeHead;
    public final Actor.Staff stationHandler;
    public final Actor.Staff organDispatcher;
    public final Actor.Staff neighbourDispatcher;
    public final Actor.Staff aboveHead;
    public final Actor.Staff highestHead;
    public final Actor.Staff otherHighestHead;
    public final Actor.Staff bothSides;
    /** The head of the police, in a post at the organ that receives complaints. */
    public final Actor.Staff policeAtTheOrgan;
    private final Matters matters;

    public Hall(ApplicationContext context) {
        Divisions divisions = context.getBean(Divisions.class);
        matters = context.getBean(Matters.class);
        Directory directory = context.getBean(Directory.class);
        List<Division> counties = counties(divisions);
        // from the far end, away from places that other tests name
        int n = NEXT.getAndIncrement() * 2;
        Division own = counties.get(counties.size() - 1 - n);
        Division other = counties.get(counties.size() - 2 - n);
        county = own.code();
        centre = unit(UnitType.CENTRE, own, "综治中心", Optional.empty());
        works = unit(UnitType.DEPARTMENT, own, "住房和城乡建设局", Optional.empty());
        police = unit(UnitType.DEPARTMENT, own, "公安局", Optional.empty());
        station = unit(UnitType.POLICE_STATION, own, "城关派出所", Optional.of(police.id()));
        organ = unit(UnitType.DEPARTMENT, own, "信访局", Optional.empty());
        neighbour = unit(UnitType.CENTRE, other, "综治中心", Optional.empty());
        List<Division> path = divisions.path(county);
        above = unit(UnitType.DEPARTMENT, path.get(path.size() - 2), "信访局" + n, Optional.empty());
        highest = unit(UnitType.DEPARTMENT, path.get(path.size() - 3), "信访局" + n, Optional.empty());
        otherHighest = unit(UnitType.DEPARTMENT, path.get(path.size() - 3), "住房和城乡建设厅" + n, Optional.empty());
        List<Roster.NewPost> posts = new ArrayList<>();
        List<Person> people = new ArrayList<>();
        List<Roster.NewHolding> holdings = new ArrayList<>();
        List<UUID[]> made = new ArrayList<>();
        post(centre, "窗口岗", Set.of(Role.WINDOW_CLERK), posts, people, holdings, made);
        post(centre, "分派岗", Set.of(Role.DISPATCHER), posts, people, holdings, made);
        post(centre, "核查岗", Set.of(Role.VERIFIER), posts, people, holdings, made);
        post(centre, "督办岗", Set.of(Role.SUPERVISOR), posts, people, holdings, made);
        post(works, "经办岗", Set.of(Role.HANDLER), posts, people, holdings, made);
        post(works, "经办二岗", Set.of(Role.HANDLER), posts, people, holdings, made);
        post(police, "负责人", Set.of(Role.HEAD, Role.HANDLER), posts, people, holdings, made);
        post(station, "民警岗", Set.of(Role.HANDLER, Role.HEAD), posts, people, holdings, made);
        post(organ, "受理岗", Set.of(Role.DISPATCHER, Role.HANDLER, Role.VERIFIER), posts, people, holdings, made);
        post(neighbour, "分派岗", Set.of(Role.DISPATCHER, Role.SUPERVISOR), posts, people, holdings, made);
        post(above, "复查岗", Set.of(Role.HEAD, Role.HANDLER), posts, people, holdings, made);
        post(highest, "复核岗", Set.of(Role.HEAD, Role.HANDLER), posts, people, holdings, made);
        post(otherHighest, "复核岗", Set.of(Role.HEAD, Role.HANDLER), posts, people, holdings, made);
        // one person in two posts: verifier at the centre and handler at the works
        UUID second = Uuid7.at(SINCE);
        posts.add(new Roster.NewPost(second, centre.id(), "兼任核查岗", Set.of(Role.VERIFIER), Optional.empty()));
        holdings.add(new Roster.NewHolding(second, made.get(4)[1]));
        UUID atTheOrgan = Uuid7.at(SINCE);
        posts.add(new Roster.NewPost(atTheOrgan, organ.id(), "兼任受理岗", Set.of(Role.DISPATCHER), Optional.empty()));
        holdings.add(new Roster.NewHolding(atTheOrgan, made.get(6)[1]));
        Acting.run(new Actor.Machine("test"), () -> context.getBean(Roster.class).enter(new Roster.Entries(SINCE,
                List.of(centre, works, police, station, organ, neighbour, above, highest, otherHighest), people, posts, holdings, List.of(),
                List.of(new Roster.NewReceivingOrgan(county, organ.id())))));
        Instant now = Instant.now(java.time.Clock.systemUTC());
        List<Actor.Staff> staff = made.stream().map(pair -> new Actor.Staff(directory.findHeldPost(pair[1], pair[0], now).orElseThrow())).toList();
        clerk = staff.get(0);
        dispatcher = staff.get(1);
        verifier = staff.get(2);
        supervisor = staff.get(3);
        handler = staff.get(4);
        otherHandler = staff.get(5);
        policeHead = staff.get(6);
        stationHandler = staff.get(7);
        organDispatcher = staff.get(8);
        neighbourDispatcher = staff.get(9);
        aboveHead = staff.get(10);
        highestHead = staff.get(11);
        otherHighestHead = staff.get(12);
        bothSides = new Actor.Staff(directory.findHeldPost(made.get(4)[1], second, now).orElseThrow());
        policeAtTheOrgan = new Actor.Staff(directory.findHeldPost(made.get(6)[1], atTheOrgan, now).orElseThrow());
    }

    private static List<Division> known = List.of();

    /** Listed once: other tests found provinces and counties of their own meanwhile, and a list that grows would give one twice. */
    private static synchronized List<Division> counties(Divisions divisions) {
        if (known.isEmpty()) {
            List<Division> all = new ArrayList<>();
            for (Division province : divisions.children("")) {
                // 54 is where other tests found theirs; 65 is the last of the shipped ones
                if (!province.code().equals("54") && province.code().compareTo("65") <= 0) {
                    divisions.children(province.code()).forEach(prefecture -> all.addAll(divisions.children(prefecture.code())));
                }
            }
            known = List.copyOf(all);
        }
        return known;
    }

    private static Unit unit(UnitType type, Division division, String name, Optional<UUID> parent) {
        return new Unit(Uuid7.at(SINCE), type, division.name() + name, division.code(), parent);
    }

    private static void post(Unit unit, String title, Set<Role> roles, List<Roster.NewPost> posts, List<Person> people,
            List<Roster.NewHolding> holdings, List<UUID[]> made) {
        UUID post = Uuid7.at(SINCE);
        UUID person = Uuid7.at(SINCE);
        posts.add(new Roster.NewPost(post, unit.id(), title, roles, Optional.empty()));
        people.add(new Person(person, "测试" + people.size(), Optional.empty(), Optional.empty()));
        holdings.add(new Roster.NewHolding(post, person));
        made.add(new UUID[] {post, person});
    }

    /** A resident's report of a lamp, with name and telephone. */
    public Answer.Done report() {
        return report(Map.of());
    }

    public Answer.Done report(Map<String, Object> more) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("title", "路灯不亮", "description", "村口的路灯坏了三天", "place", county, "name", "王小明",
                "phone", "13800000000"));
        input.putAll(more);
        return (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, key())));
    }

    public Answer act(Actor who, UUID matter, String action, Map<String, Object> input, int version) {
        return Acting.as(who, () -> matters.act(Act.on(matter, action, input, version, key())));
    }

    public Answer.Done done(Actor who, UUID matter, String action, Map<String, Object> input, int version) {
        Answer answer = act(who, matter, action, input, version);
        if (answer instanceof Answer.Done done) {
            return done;
        }
        throw new AssertionError(action + " was not done: " + answer);
    }

    /** A service matter that stands at {@code accepted} with the works. */
    public Answer.Done accepted() {
        Answer.Done matter = report();
        done(clerk, matter.matter(), "confirm", Map.of(), 1);
        done(dispatcher, matter.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "yellow"), 2);
        done(dispatcher, matter.matter(), "assign", Map.of("lead", works.id().toString(), "reason", "职责所在"), 3);
        return done(handler, matter.matter(), "accept", Map.of(), 4);
    }

    public static String key() {
        return UUID.randomUUID().toString();
    }
}
