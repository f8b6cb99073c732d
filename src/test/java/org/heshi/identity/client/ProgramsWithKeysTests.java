package org.heshi.identity.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.heshi.ApiProgram;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.identity.ApiDoor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A system that cannot ask for tokens sends a key as it is. */
@HeshiTest
class ProgramsWithKeysTests {

    private static final String MATTERS = "/api/v1/matters";

    @Autowired
    ApplicationContext context;
    @Autowired
    ApiDoor door;
    @LocalServerPort
    int port;

    private UUID unit;

    @BeforeEach
    void aUnit() {
        unit = new People(context).in(UnitType.DEPARTMENT, "330681", Role.HANDLER).unit();
    }

    @Test
    void doWhatTheKeyIsForAndNothingElse() throws Exception {
        ApiProgram program = ApiProgram.of(context, port, unit, "report", "follow");
        assertThat(program.get(MATTERS).status()).isEqualTo(200);
        Visitor plain = new Visitor(port);
        String follow = program.freshKey("follow");
        assertThat(plain.get(MATTERS, "X-Api-Key", follow).status()).isEqualTo(200);
        assertThat(plain.postBody(MATTERS, "{}", "application/json", "X-Api-Key", follow, "Idempotency-Key", UUID.randomUUID().toString()).status()).isEqualTo(403);
        // neither as a token nor in the address nor on pages
        assertThat(plain.get(MATTERS, "Authorization", "Bearer " + follow).status()).isEqualTo(401);
        assertThat(plain.get(MATTERS + "?api_key=" + follow).status()).isEqualTo(401);
        assertThat(plain.get("/queue", "X-Api-Key", follow, "Accept", "application/json").status()).isEqualTo(401);
        assertThat(plain.get(MATTERS, "X-Api-Key", follow, "Authorization", "Bearer ht_x").status()).isEqualTo(400);
        Visitor.Answer bad = plain.get(MATTERS, "X-Api-Key", "hk_" + "A".repeat(43));
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.header("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(bad.header("www-authenticate")).hasValue("ApiKey");
        assertThat(plain.get(MATTERS, "X-Api-Key", "").status()).isEqualTo(401);

        assertThat(program.askKey("follow").status()).as("two at most").isEqualTo(422);
        String here = "/admin/clients/" + program.id();
        assertThat(program.admin().get(here).body()).doesNotContain(follow).doesNotContain(program.key());
        program.admin().post(here + "/end-key", java.util.Map.of("slot", "2"));
        assertThat(plain.get(MATTERS, "X-Api-Key", follow).status()).isEqualTo(401);
        assertThat(program.askKey("act").status()).as("not for what the program may not").isEqualTo(422);
        assertThat(program.askKey().status()).isEqualTo(422);
        assertThat(count("select count(*) from identity.api_key k, identity.client_event e where k::text || e::text like '%hk\\_%'")).isZero();
        execute("update identity.api_key set created_at = created_at - interval '365 days', expires_at = expires_at - interval '365 days' where client = '" + program.id() + "'");
        assertThat(program.get(MATTERS).status()).as("a year later").isEqualTo(401);
    }

    @Test
    void areNobodyAnyMoreAfterTheirEndOrTheirUnits() throws Exception {
        ApiProgram one = ApiProgram.of(context, port, unit, "follow");
        ApiProgram other = ApiProgram.of(port, unit, one.admin(), "follow");
        one.admin().get("/admin/clients/" + one.id());
        one.admin().post("/admin/clients/" + one.id() + "/end", java.util.Map.of());
        assertThat(one.get(MATTERS).status()).isEqualTo(401);
        assertThat(other.get(MATTERS).status()).isEqualTo(200);
        execute("update directory.unit set ended_at = now() where id = '" + unit + "'");
        assertThat(other.get(MATTERS).status()).isEqualTo(401);
    }

    @Test
    void areCountedByAddressWhileTheirKeysAreBad() {
        ApiProgram program = ApiProgram.of(context, port, unit, "follow");
        String address = "10.1." + unit.toString().substring(34) + ".x";
        int looked = 0;
        while (door.byKey("hk_" + "B".repeat(43), address) instanceof ApiDoor.Keyed.Bad) {
            looked++;
        }
        assertThat(looked).isBetween(60, 70);
        assertThat(door.byKey("hk_" + "B".repeat(43), address)).isInstanceOf(ApiDoor.Keyed.TooMany.class);
        assertThat(door.byKey(program.key(), address)).as("a good key behind the same address").isInstanceOf(ApiDoor.Keyed.Good.class);
    }

    @Test
    void workInAPostOfTheirUnitThatOnlyWorks() {
        ApiProgram program = ApiProgram.of(context, port, unit, "act", "search");
        Actor.Client client = new Actor.Client(UUID.fromString(program.id()), unit, Set.of("act"));
        assertThat(door.post(client)).isEmpty();
        program.admin().get("/admin/clients/" + program.id());
        for (String wrong : java.util.List.of("", "head", "verifier", "administrator", "nobody")) {
            assertThat(program.admin().post("/admin/clients/" + program.id() + "/post", wrong.isEmpty() ? java.util.Map.of() : java.util.Map.of("roles", wrong)).status())
                    .as(wrong).isEqualTo(422);
        }
        program.inPost(Role.HANDLER, Role.WINDOW_CLERK);
        HeldPost held = door.post(client).orElseThrow();
        assertThat(held.unit()).isEqualTo(unit);
        assertThat(held.person()).isEqualTo(client.client());
        assertThat(held.roles()).containsExactlyInAnyOrder(Role.HANDLER, Role.WINDOW_CLERK);
        assertThat(program.admin().get("/admin/clients/" + program.id()).body()).contains("接口：");
        // given more roles elsewhere, it has no more of them here
        new People(context).anotherPost(new People.Somebody(client.client(), held.post(), unit, ""), Role.ADMINISTRATOR, Role.HEAD, Role.VERIFIER);
        assertThat(door.post(client).orElseThrow().roles()).containsExactlyInAnyOrder(Role.HANDLER, Role.WINDOW_CLERK);
        program.admin().post("/admin/clients/" + program.id() + "/end-post", java.util.Map.of());
        assertThat(door.post(client)).isEmpty();
        program.inPost(Role.GRID_WORKER);
        assertThat(door.post(client).orElseThrow().roles()).containsExactly(Role.GRID_WORKER);
    }

    private long count(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute(sql);
        }
    }
}
