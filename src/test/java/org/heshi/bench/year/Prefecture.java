package org.heshi.bench.year;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Roster.NewHolding;
import org.heshi.directory.Roster.NewPost;
import org.heshi.directory.Roster.NewReceivingOrgan;
import org.heshi.directory.Roster.NewRule;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.kernel.Uuid7;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A prefecture of Ankang's size (6109): ten counties, 138 towns, 1,889 villages, a centre in each place (2,038), 13,000 grids with 15,000 grid workers.
 * The counties are the real ones; towns, villages, grids and everybody in them are invented and named by numbers.
 */
final class Prefecture {

    static final String CODE = "6109";
    private static final int TOWNS = 138;
    private static final int VILLAGES = 1_889;
    private static final int GRIDS = 13_000;
    private static final int WORKERS = 15_000;
    private static final Instant SINCE = Instant.parse("2024-01-01T00:00:00Z");

    /** Somebody at work in each place where matters are handled. */
    record Village(String code, Town town, Actor.Staff clerk, Actor.Staff verifier, List<Actor.Staff> workers, List<String> grids) {
    }

    record Town(String code, County county, Actor.Staff clerk, Actor.Staff verifier, Office station, Office committee) {
    }

    record County(String code, Actor.Staff clerk, Actor.Staff verifier, List<Office> departments) {
    }

    /** A unit that solves matters. */
    record Office(UUID unit, Actor.Staff handler) {
    }

    private final List<Unit> units = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<NewPost> posts = new ArrayList<>();
    private final List<NewHolding> holdings = new ArrayList<>();
    private final List<NewRule> rules = new ArrayList<>();
    private final List<NewReceivingOrgan> organs = new ArrayList<>();
    private final List<String[]> places = new ArrayList<>();

    final List<Village> villages = new ArrayList<>();

    static Prefecture make(ApplicationContext context) {
        Prefecture made = new Prefecture(context.getBean(JdbcClient.class));
        TransactionTemplate transactions = context.getBean(TransactionTemplate.class);
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        Acting.run(new Actor.Machine("bench"), () -> {
            transactions.executeWithoutResult(_ -> made.enterPlaces(jdbc));
            context.getBean(Roster.class).enter(new Roster.Entries(SINCE, made.units, made.people, made.posts, made.holdings, made.rules, made.organs));
        });
        return made;
    }

    private Prefecture(JdbcClient jdbc) {
        List<String> counties = jdbc.sql("select code from divisions.standing where code like ? and length(code) = 6 and valid_to = 'infinity' order by code")
                .param(CODE + "%").query(String.class).list();
        centre(CODE, "地级市");
        int village = 0;
        int grid = 0;
        int worker = 0;
        List<County> made = new ArrayList<>();
        for (String code : counties) {
            Unit centre = centre(code, "县" + code);
            List<Office> departments = new ArrayList<>();
            for (int d = 0; d < 12; d++) {
                departments.add(office(UnitType.DEPARTMENT, "第" + (d + 1) + "局" + code, code, Role.HANDLER, Role.HEAD));
            }
            organs.add(new NewReceivingOrgan(code, departments.getFirst().unit()));
            rules.add(new NewRule("", code, centre.id(), List.of()));
            made.add(new County(code, post(centre, "综合岗", Role.WINDOW_CLERK, Role.DISPATCHER), post(centre, "核查岗", Role.VERIFIER), departments));
        }
        for (int t = 0; t < TOWNS; t++) {
            County county = made.get(t % made.size());
            String code = county.code() + "%03d".formatted(101 + t / made.size());
            place(code, "第" + (t + 1) + "镇");
            Unit centre = centre(code, "镇" + code);
            Town town = new Town(code, county, post(centre, "综合岗", Role.WINDOW_CLERK, Role.DISPATCHER, Role.HANDLER), post(centre, "核查岗", Role.VERIFIER),
                    office(UnitType.TOWN, "站所" + code, code, Role.HANDLER), office(UnitType.MEDIATION_COMMITTEE, "调委会" + code, code, Role.MEDIATOR));
            int here = VILLAGES / TOWNS + (t < VILLAGES % TOWNS ? 1 : 0);
            for (int v = 0; v < here; v++, village++) {
                String at = code + "%03d".formatted(201 + v);
                place(at, "第" + (village + 1) + "村");
                Unit small = centre(at, "村" + at);
                List<String> grids = new ArrayList<>();
                List<Actor.Staff> workers = new ArrayList<>();
                for (int end = (int) ((village + 1L) * GRIDS / VILLAGES), n = 1; grid < end; grid++, n++) {
                    String cell = at + "%03d".formatted(n);
                    place(cell, "第" + n + "网格");
                    grids.add(cell);
                    for (int last = (int) ((grid + 1L) * WORKERS / GRIDS); worker < last; worker++) {
                        workers.add(post(small, "网格员" + worker, Optional.of(cell), Role.GRID_WORKER));
                    }
                }
                villages.add(new Village(at, town, post(small, "综合岗", Role.WINDOW_CLERK, Role.DISPATCHER, Role.HANDLER), post(small, "核查岗", Role.VERIFIER), workers,
                        grids));
            }
        }
    }

    int centres() {
        return (int) units.stream().filter(unit -> unit.type() == UnitType.CENTRE).count();
    }

    int workers() {
        return villages.stream().mapToInt(village -> village.workers().size()).sum();
    }

    int grids() {
        return villages.stream().mapToInt(village -> village.grids().size()).sum();
    }

    private void place(String code, String name) {
        places.add(new String[] {code, name});
    }

    private Unit centre(String division, String name) {
        return unit(UnitType.CENTRE, "社会治理中心" + name, division);
    }

    private Unit unit(UnitType type, String name, String division) {
        Unit unit = new Unit(Uuid7.at(SINCE), type, name, division, Optional.empty());
        units.add(unit);
        return unit;
    }

    private Office office(UnitType type, String name, String division, Role... roles) {
        Unit unit = unit(type, name, division);
        return new Office(unit.id(), post(unit, "承办岗", roles));
    }

    private Actor.Staff post(Unit unit, String title, Role... roles) {
        return post(unit, title, Optional.empty(), roles);
    }

    private Actor.Staff post(Unit unit, String title, Optional<String> division, Role... roles) {
        Person person = new Person(Uuid7.at(SINCE), "虚构" + people.size(), Optional.empty(), Optional.empty());
        Set<Role> held = EnumSet.copyOf(List.of(roles));
        NewPost post = new NewPost(Uuid7.at(SINCE), unit.id(), title, held, division);
        people.add(person);
        posts.add(post);
        holdings.add(new NewHolding(post.id(), person.id()));
        return new Actor.Staff(new HeldPost(post.id(), title, person.id(), person.name(), unit.id(), unit.name(), unit.type(), division.orElse(unit.division()), held, false));
    }

    private void enterPlaces(JdbcClient jdbc) {
        long edition = jdbc.sql("update divisions.edition set number = nextval('divisions.edition_number') returning number").query(Long.class).single();
        UUID[] ids = places.stream().map(_ -> Uuid7.at(SINCE)).toArray(UUID[]::new);
        jdbc.sql("insert into divisions.division (id) select unnest(?::uuid[])").param(ids).update();
        jdbc.sql("""
                insert into divisions.standing (division, code, name, valid_from, edition)
                select d, c, n, date '2023-06-30', ? from unnest(?::uuid[], ?::text[], ?::text[]) as p (d, c, n)""").param(edition).param(ids)
                .param(places.stream().map(place -> place[0]).toArray(String[]::new)).param(places.stream().map(place -> place[1]).toArray(String[]::new)).update();
    }
}
