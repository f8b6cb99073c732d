package org.heshi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Roster.NewHolding;
import org.heshi.directory.Roster.NewPost;
import org.heshi.directory.Roster.NewReceivingOrgan;
import org.heshi.directory.Roster.NewRule;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.identity.Accounts;
import org.heshi.kernel.Uuid7;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small county of its own for a test: a centre, two towns with centres, a village and a grid, two departments, a receiving organ, and a
 * person in every post. No two are the same, so tests that share the database do not meet. All names are invented.
 *
 * <p>{@code County county = County.make(context);}
 */
public final class County {

    /** Handled by {@link #roads} with {@link #water} helping, by the county's rule. */
    public static final String ROADS = "0703";

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final Directory directory;
    private final Divisions divisions;
    private final InstantSource clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Roster roster;
    private final Accounts accounts;

    private final List<Unit> units = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<NewPost> posts = new ArrayList<>();
    private final List<NewHolding> holdings = new ArrayList<>();
    private final int number;

    /** 6, 9, 9, 12, 12 and 15 digits. */
    public final String code;
    public final String townA;
    public final String townB;
    public final String villageA;
    public final String villageB;
    public final String gridA;

    public final Unit centre;
    public final Unit centreA;
    public final Unit centreB;
    public final Unit roads;
    /** An organ of the prefecture: it reviews what those of the county decided. */
    public final Unit above;
    public final Unit water;
    public final Unit organ;
    public final Unit committeeA;

    /** Window and dispatch of the county's centre. */
    public final Member clerk;
    public final Member dispatcher;
    public final Member verifier;
    public final Member supervisor;
    public final Member auditor;
    public final Member administrator;
    /** The road department: two handlers and a head. */
    public final Member handler;
    public final Member secondHandler;
    public final Member roadsHead;
    public final Member aboveHead;
    /** The water department. */
    public final Member waterHandler;
    /** The town centres: one post with every role that a town's centre has, a supervisor, and B as the neighbour. */
    public final Member townClerkA;
    public final Member townSupervisorA;
    public final Member townClerkB;
    public final Member townSupervisorB;
    public final Member gridWorker;
    public final Member organDispatcher;
    /** Held a post of the road department until yesterday. */
    public final Member former;

    /**
     * Somebody in a post.
     *
     * @param account name to sign in with, password {@link People#PASSWORD}, once {@link County#signedIn} was asked for
     */
    public record Member(String account, UUID person, UUID post, Unit unit) {
    }

    public static County make(BeanFactory beans) {
        return new County(beans, MADE.incrementAndGet());
    }

    private County(BeanFactory beans, int number) {
        this.number = number;
        directory = beans.getBean(Directory.class);
        divisions = beans.getBean(Divisions.class);
        clock = beans.getBean(InstantSource.class);
        jdbc = beans.getBean(JdbcClient.class);
        transactions = beans.getBean(TransactionTemplate.class);
        roster = beans.getBean(Roster.class);
        accounts = beans.getBean(Accounts.class);

        // Under a province of the country that no test counts the prefectures of.
        String prefecture = "54%02d".formatted(99 - number / 90);
        code = prefecture + "%02d".formatted(1 + number % 90);
        townA = code + "101";
        townB = code + "102";
        villageA = townA + "201";
        villageB = townB + "201";
        gridA = villageA + "001";
        places(List.of(new Place(prefecture, "试验市" + prefecture), new Place(code, "试验县" + number), new Place(townA, "甲镇"), new Place(townB, "乙镇"),
                new Place(villageA, "甲一村"), new Place(villageB, "乙一村"), new Place(gridA, "甲一村第一网格")));

        centre = unit(UnitType.CENTRE, "试验县" + number + "社会治理中心", code, Optional.empty());
        centreA = unit(UnitType.CENTRE, "甲镇" + number + "社会治理中心", townA, Optional.empty());
        centreB = unit(UnitType.CENTRE, "乙镇" + number + "社会治理中心", townB, Optional.empty());
        roads = unit(UnitType.DEPARTMENT, "试验县" + number + "道路局", code, Optional.empty());
        water = unit(UnitType.DEPARTMENT, "试验县" + number + "水务局", code, Optional.empty());
        organ = unit(UnitType.DEPARTMENT, "试验县" + number + "监督委员会", code, Optional.empty());
        above = unit(UnitType.DEPARTMENT, "试验市" + number + "复查局", prefecture, Optional.empty());
        committeeA = unit(UnitType.VILLAGE_COMMITTEE, "甲一村" + number + "村民委员会", villageA, Optional.empty());

        clerk = member(centre, "clerk", "窗口岗", Role.WINDOW_CLERK);
        dispatcher = member(centre, "dispatcher", "派单岗", Role.DISPATCHER);
        verifier = member(centre, "verifier", "核查岗", Role.VERIFIER);
        supervisor = member(centre, "supervisor", "督办岗", Role.SUPERVISOR);
        auditor = member(centre, "auditor", "审计岗", Role.AUDITOR);
        administrator = member(centre, "administrator", "管理岗", Role.ADMINISTRATOR);
        handler = member(roads, "handler", "承办岗", Role.HANDLER);
        secondHandler = member(roads, "handler2", "承办二岗", Role.HANDLER, Role.VERIFIER);
        roadsHead = member(roads, "head", "负责人", Role.HEAD);
        aboveHead = member(above, "above", "复查岗", Role.HEAD);
        waterHandler = member(water, "water", "承办岗", Role.HANDLER);
        townClerkA = member(centreA, "town-a", "综合岗", Role.WINDOW_CLERK, Role.DISPATCHER, Role.HANDLER, Role.VERIFIER);
        townSupervisorA = member(centreA, "town-a-supervisor", "督办岗", Role.SUPERVISOR);
        townClerkB = member(centreB, "town-b", "综合岗", Role.WINDOW_CLERK, Role.DISPATCHER, Role.HANDLER, Role.VERIFIER);
        townSupervisorB = member(centreB, "town-b-supervisor", "督办岗", Role.SUPERVISOR);
        gridWorker = member(committeeA, "grid", "网格员", Role.GRID_WORKER);
        organDispatcher = member(organ, "organ", "信访岗", Role.WINDOW_CLERK, Role.DISPATCHER, Role.HANDLER);
        former = member(roads, "former", "原承办岗", Role.HANDLER);

        as(new Actor.Machine("test"), () -> {
            roster.enter(new Roster.Entries(LONG_AGO, units, people, posts, holdings,
                    List.of(new NewRule(ROADS, code, roads.id(), List.of(water.id())), new NewRule("", code, centre.id(), List.of()),
                            new NewRule("", townA, centreA.id(), List.of()), new NewRule("", townB, centreB.id(), List.of())),
                    List.of(new NewReceivingOrgan(code, organ.id()))));
            return null;
        });
        end(former);
    }

    /** Who acts when this person works in their post. @throws NoSuchElementException when the post is not theirs now */
    public Actor.Staff actor(Member member) {
        return new Actor.Staff(directory.findHeldPost(member.person(), member.post(), clock.instant())
                .orElseThrow(() -> new NoSuchElementException(member.account() + " does not hold that post now")));
    }

    /** Does something as this person in their post. */
    public <T> T as(Member member, Supplier<T> something) {
        return as(actor(member), something);
    }

    public <T> T as(Actor actor, Supplier<T> something) {
        return Acting.as(actor, something);
    }

    /** The visitor signs in as this person, whose account is made when it is first needed. */
    public Visitor signedIn(Visitor visitor, Member member) {
        account(member);
        return visitor.signedInAs(new People.Somebody(member.person(), member.post(), member.unit().id(), member.account()));
    }

    /** Makes the person's account when there is none; the password is {@link People#PASSWORD}. */
    public String account(Member member) {
        if (accounts.find(member.person()).isEmpty()) {
            accounts.create(member.person(), member.account(), People.PASSWORD);
        }
        return member.account();
    }

    /** One more person in a new post of a unit. */
    public Member hire(Unit unit, String name, Role... roles) {
        people.clear();
        posts.clear();
        holdings.clear();
        Member member = member(unit, name, "新岗位" + name, roles);
        as(new Actor.Machine("test"), () -> {
            roster.enter(new Roster.Entries(LONG_AGO, List.of(), people, posts, holdings, List.of(), List.of()));
            return null;
        });
        return member;
    }

    /** From now on the post is not theirs. */
    public void end(Member member) {
        as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("""
                update directory.holding set ends_at = ? where post = ? and person = ?""")
                .params(clock.instant().minusSeconds(1).atOffset(java.time.ZoneOffset.UTC), member.post(), member.person()).update()));
    }

    private Unit unit(UnitType type, String name, String division, Optional<UUID> parent) {
        Unit unit = new Unit(Uuid7.at(LONG_AGO), type, name, division, parent);
        units.add(unit);
        return unit;
    }

    private Member member(Unit unit, String name, String title, Role... roles) {
        Person person = new Person(Uuid7.at(LONG_AGO), "试验" + name, Optional.empty(), Optional.empty());
        NewPost post = new NewPost(Uuid7.at(LONG_AGO), unit.id(), title, roles(roles), Optional.empty());
        people.add(person);
        posts.add(post);
        holdings.add(new NewHolding(post.id(), person.id()));
        return new Member("c" + number + "-" + name, person.id(), post.id(), unit);
    }

    private static Set<Role> roles(Role[] roles) {
        return EnumSet.copyOf(List.of(roles));
    }

    private record Place(String code, String name) {
    }

    private void places(List<Place> places) {
        as(new Actor.Machine("test"), () -> transactions.execute(_ -> {
            long edition = jdbc.sql("update divisions.edition set number = nextval('divisions.edition_number') returning number").query(Long.class).single();
            for (Place place : places) {
                if (place.code().length() == Level.PREFECTURE.digits() && jdbc.sql("select count(*) from divisions.standing where code = ?")
                        .param(place.code()).query(Long.class).single() > 0) {
                    continue;
                }
                UUID id = Uuid7.at(LONG_AGO);
                jdbc.sql("insert into divisions.division (id) values (?)").param(id).update();
                jdbc.sql("insert into divisions.standing (division, code, name, valid_from, edition) values (?, ?, ?, date '2023-06-30', ?)")
                        .params(id, place.code(), place.name(), edition).update();
            }
            return null;
        }));
        divisions.get(code);
    }
}
