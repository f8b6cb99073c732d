package org.heshi.matters.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeTry;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.access.Actor;
import org.heshi.directory.Unit;
import org.heshi.matters.Hall;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.TestContextManager;

/** However a matter is held, whoever is barred and wherever its place went: who may see it is who might when all of it was one query. */
@HeshiTest
class WhenItIsAskedWhoMaySeeProperties {

    private static final int TRIES = 40;
    private static final int TRIES_IN_FULL = 1_000;
    private static Hall hall;
    private static UUID matter;
    private static final Set<Boolean> ANSWERS = new HashSet<>();

    @Autowired
    ApplicationContext context;

    @BeforeTry
    void program() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        if (hall == null) {
            hall = new Hall(context);
            matter = hall.report().matter();
        }
    }

    @Property(tries = TRIES)
    void isSeenByWhoSawIt(@ForAll long seed) throws Exception {
        ask(new Random(seed));
    }

    @Property(tries = TRIES_IN_FULL)
    @Tag("full")
    void isSeenByWhoSawItAtFullSize(@ForAll long seed) throws Exception {
        ask(new Random(seed));
    }

    @Property(tries = 1)
    void knowsWhoSeesAndWhoDoesNot() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            ask(new Random(seed));
        }
        assertThat(ANSWERS).containsExactlyInAnyOrder(true, false);
    }

    private void ask(Random random) throws Exception {
        List<Unit> units = List.of(hall.centre, hall.works, hall.police, hall.station, hall.organ, hall.neighbour, hall.above);
        List<Actor.Staff> people = List.of(hall.clerk, hall.dispatcher, hall.supervisor, hall.handler, hall.policeHead, hall.stationHandler, hall.bothSides,
                hall.policeAtTheOrgan, hall.neighbourDispatcher, hall.aboveHead);
        try (Connection c = SuperuserConnection.open(context)) {
            c.setAutoCommit(false);
            try (Statement s = c.createStatement()) {
                s.execute(asItWas());
                // rows that no act would write are to be judged alike, too
                s.execute("set local session_replication_role = replica");
            }
            run(c, "delete from matters.holding where matter = ?", matter);
            for (int i = random.nextInt(5); i > 0; i--) {
                run(c, "insert into matters.holding (matter, unit, relation, division_code) values (?, ?, ?, ?) on conflict do nothing", matter, any(units, random).id(),
                        any(List.of("desk", "lead", "helper", "verifier", "barred", "barred"), random), any(units, random).division());
            }
            for (int i = random.nextInt(3) - 1; i > 0; i--) {
                run(c, "insert into matters.barred_post (matter, post) values (?, ?) on conflict do nothing", matter, any(people, random).post());
            }
            if (random.nextInt(3) == 0) {
                run(c, "update matters.matter set scope_was = ?, scope_moved_at = now() - make_interval(months => ?), last_at = now() - make_interval(months => ?) where id = ?",
                        any(units, random).division(), random.nextInt(12), random.nextInt(12), matter);
            }
            if (random.nextInt(4) == 0) {
                run(c, "update directory.person set program = true where id = ?", any(people, random).person());
            }
            for (int i = 0; i < 25; i++) {
                compare(c, random, people, units);
            }
            c.rollback();
        }
    }

    /** As it stood before it was taken apart, under another name. */
    private static String asItWas() throws IOException {
        String migration = new ClassPathResource("db/matters/V61__where_places_went.sql").getContentAsString(StandardCharsets.UTF_8);
        String begins = "create or replace function matters.may_see(m uuid)";
        int from = migration.indexOf(begins);
        return "create function matters.may_see_as_it_was(m uuid)" + migration.substring(from + begins.length(), migration.indexOf("$$;", from)) + "$$; "
                + "alter function matters.may_see_as_it_was(uuid) owner to heshi_owner";
    }

    private static void compare(Connection c, Random random, List<Actor.Staff> people, List<Unit> units) throws SQLException {
        Actor.Staff who = any(people, random);
        String roles = any(List.of("handler", "head", "supervisor,handler", "administrator", "administrator,handler", ""), random);
        boolean opened = random.nextInt(3) == 0;
        if (opened) {
            run(c, "insert into access.opening (id, matter, person, post, unit, ground, words, opened_at, until) values (gen_random_uuid(), ?, ?, ?, ?, 'law', ?, "
                    + "now() - interval '1 hour', now() + make_interval(mins => ?))", matter, who.person(), who.post(), who.unit(), "法院要求查阅本事项的全部材料", random.nextInt(60) - 20);
        }
        set(c, "kind", any(List.of("staff", "staff", "staff", "staff", "staff", "resident", "machine", "passerby", ""), random));
        set(c, "roles", roles);
        set(c, "unit", random.nextInt(10) == 0 ? "" : any(List.of(who.unit(), any(units, random).id()), random).toString());
        set(c, "post", random.nextInt(10) == 0 ? "" : who.post().toString());
        set(c, "person", random.nextInt(10) == 0 ? "" : who.person().toString());
        String scope = any(units, random).division();
        set(c, "scope", any(List.of("", "", scope, scope.substring(0, 2)), random));
        set(c, "opened", opened ? matter.toString() : "");
        set(c, "matter", any(List.of("", matter.toString(), UUID.randomUUID().toString()), random));
        try (PreparedStatement s = c.prepareStatement("select matters.may_see_as_it_was(?), matters.may_see(?)")) {
            s.setObject(1, matter);
            s.setObject(2, matter);
            try (ResultSet r = s.executeQuery()) {
                r.next();
                assertThat(r.getObject(2)).as("%s with %s, opened %s", who, roles, opened).isEqualTo(r.getObject(1));
                ANSWERS.add(r.getBoolean(1));
            }
        }
    }

    private static void set(Connection c, String name, String value) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select set_config('app.' || ?, ?, true)")) {
            s.setString(1, name);
            s.setString(2, value);
            s.execute();
        }
    }

    private static void run(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        }
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
