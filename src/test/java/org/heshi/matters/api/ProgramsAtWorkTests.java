package org.heshi.matters.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.heshi.ApiProgram;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A department's own system passes on what its people did. */
@HeshiTest
class ProgramsAtWorkTests {

    private static final String MATTERS = "/api/v1/matters/";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private FollowedMatter followed;
    private Answer.Done matter;
    private ApiProgram program;

    @BeforeEach
    void aMatterGivenToADepartmentWithASystem() {
        followed = FollowedMatter.inAVillage(context);
        matter = followed.report(Map.of("phone", "13900000001", "name", "张三丰"));
        UUID id = matter.matter();
        followed.act(followed.desk(), id, "confirm", Map.of());
        followed.act(followed.desk(), id, "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        followed.act(followed.desk(), id, "assign", Map.of("lead", followed.handler().unit().toString(), "reason", "职责所在"));
        program = ApiProgram.of(context, port, followed.handler().unit(), "act", "search");
    }

    private String here() {
        return MATTERS + matter.number().digits();
    }

    private Visitor.Answer act(String action, String tag, String key, String body) {
        return program.post(here() + "/actions/" + action, key, body, "If-Match", tag);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @Test
    void readNothingAboutANamedColleagueOfTheirUnit() throws Exception {
        program.inPost(Role.HANDLER);
        assertThat(program.get(here()).status()).isEqualTo(200);
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("insert into matters.barred_post (matter, post) values ('" + matter.matter() + "', '" + followed.handler().held().post() + "')");
        }
        assertThat(program.get(here()).status()).as("everybody in the unit reads its program").isEqualTo(404);
        assertThat(program.get(here() + "/actions").status()).isEqualTo(404);
        assertThat(act("accept", "\"v4\"", key(), "{}").status()).isEqualTo(404);
        assertThat(program.get("/api/v1/search?q=" + matter.number().digits()).body()).doesNotContain(matter.number().digits());
        ApiProgram elsewhere = ApiProgram.of(context, port, followed.desk().unit(), "act", "search").inPost(Role.DISPATCHER);
        assertThat(elsewhere.get(here()).status()).as("a program of another unit that works on it").isEqualTo(200);
    }

    @Test
    void doWhatTheirPostMayAndTheLogSaysThatItWasThem() throws Exception {
        assertThat(program.get(here()).status()).as("without a post").isEqualTo(404);
        assertThat(program.get(here() + "/actions").status()).isEqualTo(403);
        assertThat(act("accept", "\"v4\"", key(), "{}").status()).isEqualTo(403);
        program.inPost(Role.HANDLER);

        Visitor.Answer read = program.get(here());
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        JsonNode body = json.readTree(read.body());
        assertThat(body.path("as").asString()).isEqualTo("staff");
        assertThat(body.path("work").path("words").path("title").asString()).isEqualTo("路灯不亮");
        assertThat(read.body()).doesNotContain("张三丰").doesNotContain("13900000001");
        String tag = read.header("etag").orElseThrow();
        assertThat(tag).isEqualTo("\"v4\"");
        assertThat(program.get(here(), "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(count("select count(*) from access.look where matter = '" + matter.matter() + "' and person = '" + program.id() + "'")).isEqualTo(1);

        JsonNode offered = json.readTree(program.get(here() + "/actions").body());
        assertThat(offered.path("actions").findValuesAsString("name")).contains("accept", "return", "note").doesNotContain("verify", "assign", "rule", "whistle", "link");
        assertThat(offered.path("actions").findValue("fields").path("type").asString()).isEqualTo("object");

        assertThat(program.post(here() + "/actions/accept", key(), "{}").status()).as("without If-Match").isEqualTo(428);
        assertThat(act("accept", "*", key(), "{}").status()).isEqualTo(428);
        assertThat(act("accept", "\"v3\"", key(), "{}").status()).isEqualTo(412);
        assertThat(act("accept", "\"x\"", key(), "{}").status()).isEqualTo(412);
        assertThat(act("accept", tag, "short", "{}").status()).isEqualTo(400);
        assertThat(act("accept", tag, key(), "[]").status()).isEqualTo(400);
        assertThat(act("whistle", tag, key(), "{}").status()).as("what people decide").isEqualTo(409);
        assertThat(act("nothing", tag, key(), "{}").status()).isEqualTo(409);
        Visitor.Answer wrong = act("accept", tag, key(), "{\"contact\":{\"a\":1},\"x\":1}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(json.readTree(wrong.body()).path("errors").findValuesAsString("code")).contains("api-value");

        String once = key();
        Visitor.Answer done = act("accept", tag, once, "{\"contact\":\"值班室\"}");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.header("etag")).hasValue("\"v5\"");
        assertThat(json.readTree(done.body()).path("state").asString()).isEqualTo("accepted");
        assertThat(act("accept", tag, once, "{\"contact\":\"值班室\"}").body()).as("sent again").isEqualTo(done.body());
        Visitor.Answer other = act("accept", tag, once, "{\"contact\":\"别处\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(json.readTree(other.body()).path("code").asString()).isEqualTo("idempotency-key-reused");
        assertThat(act("progress", tag, key(), "{\"progress\":\"晚了一步\"}").status()).isEqualTo(412);
        assertThat(count("select count(*) from matters.entry where matter = '" + matter.matter() + "' and actor_person = '" + program.id() + "'")).isEqualTo(1);

        // the answer is checked by a person, not by the program
        assertThat(act("handle", "\"v5\"", key(), "{\"done\":\"到现场更换了灯头\"}").status()).isEqualTo(200);
        assertThat(act("answer", "\"v6\"", key(), "{\"answer\":\"已经修好\"}").status()).isEqualTo(200);
        assertThat(act("verify", "\"v7\"", key(), "{}").status()).isEqualTo(409);
    }

    @Test
    void doItOnceHoweverOftenTheySendIt() throws Exception {
        program.inPost(Role.HANDLER);
        String once = key();
        try (ExecutorService hands = Executors.newFixedThreadPool(50)) {
            Callable<Visitor.Answer> send = () -> act("accept", "\"v4\"", once, "{}");
            List<String> bodies = new ArrayList<>();
            for (Future<Visitor.Answer> one : hands.invokeAll(Collections.nCopies(50, send))) {
                assertThat(one.get().status()).as(one.get().body()).isEqualTo(200);
                bodies.add(one.get().body());
            }
            assertThat(bodies).containsOnly(bodies.getFirst());
        }
        assertThat(count("select count(*) from matters.entry where matter = '" + matter.matter() + "'")).isEqualTo(5);
        assertThat(count("select count(*) from matters.client_request where client = '" + program.id() + "'")).isEqualTo(1);
    }

    @Test
    void seeNothingOfWhatTheirUnitHasNoPartInOrIsAbout() throws Exception {
        program.inPost(Role.HANDLER);
        String others = FollowedMatter.inAVillage(context).report(Map.of()).number().digits();
        for (String of : List.of(others, "0000000000000", "x")) {
            assertThat(program.get(MATTERS + of).status()).isEqualTo(404);
            assertThat(program.get(MATTERS + of + "/actions").status()).isEqualTo(404);
            assertThat(program.post(MATTERS + of + "/actions/accept", key(), "{}", "If-Match", "\"v4\"").status()).isEqualTo(404);
        }
        assertThat(program.get(here()).status()).isEqualTo(200);
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("delete from matters.holding where matter = '" + matter.matter() + "' and unit = '" + followed.handler().unit() + "'");
            s.execute("insert into matters.holding (matter, unit, relation, division_code) select id, '" + followed.handler().unit() + "', 'barred', division_code from matters.matter where id = '"
                    + matter.matter() + "'");
        }
        assertThat(program.get(here()).status()).as("a matter about its office").isEqualTo(404);
        assertThat(program.get("/api/v1/matters").status()).as("its key is not for following").isEqualTo(403);
        assertThat(program.get(here() + "?as=reporter").status()).isEqualTo(404);
    }

    private long count(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }
}
