package org.heshi.exchange.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.heshi.ApiProgram;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Pace;
import org.heshi.access.Throttle;
import org.heshi.directory.Role;
import org.heshi.matters.FollowedMatter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each operation of the description is asked until each of its answers came, and each answer and each good request is measured by it. */
@HeshiTest
class TheDescriptionAndTheProgramAgreeTests {

    private static final String MATTERS = "/api/v1/matters";

    @Autowired
    ApplicationContext context;
    @Autowired
    Throttle throttle;
    @Autowired
    Pace pace;
    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private Described described;
    private ApiProgram program;
    private Visitor nobody;

    private Visitor.Answer get(String path, String... headers) {
        return described.checked("get", path, program.get(path, headers));
    }

    private Visitor.Answer post(String path, String body, String... headers) {
        return described.checked("post", path, program.post(path, UUID.randomUUID().toString(), body, headers));
    }

    /** The operation without a good key, and with one that is not for it. */
    private void refusesStrangers(String method, String path, String wrongKey) {
        for (String key : wrongKey.isEmpty() ? List.of("") : List.of("", wrongKey)) {
            HttpRequest.Builder request = nobody.request(path).header("Accept", "application/json");
            if (!key.isEmpty()) {
                request.header("X-Api-Key", key);
            }
            request.method(method.toUpperCase(java.util.Locale.ROOT), method.equals("post") ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody());
            assertThat(described.checked(method, path, nobody.send(request)).status()).isEqualTo(key.isEmpty() ? 401 : 403);
        }
    }

    @Test
    void inEachAnswerOfEachOperation() {
        nobody = new Visitor(port);
        Visitor.Answer document = nobody.get("/api/v1/openapi.json");
        assertThat(document.status()).as(document.body()).isEqualTo(200);
        described = new Described(document.body());
        assertThat(described.api().path("openapi").asString()).startsWith("3.1");
        FollowedMatter followed = FollowedMatter.inAVillage(context);
        of = followed.handler().unit();
        program = ApiProgram.of(context, port, followed.handler().unit(), "report", "follow", "act", "search", "figures", "exchange", "webhooks");

        tokens();
        reports();
        program.inPost(Role.HANDLER);
        works(followed);
        looksUp(followed);
        webhooks();
        orders(followed);

        tooFast();

        Set<String> missing = new TreeSet<>(described.all());
        missing.removeAll(described.seen());
        assertThat(missing).as("described and never seen").isEmpty();
    }

    private void tokens() {
        Visitor asking = new Visitor(port);
        String basic = Base64.getEncoder().encodeToString((program.id() + ":" + program.secret()).getBytes(StandardCharsets.UTF_8));
        String path = "/api/v1/token";
        String form = "application/x-www-form-urlencoded";
        described.checked("post", path, asking.postBody(path, "grant_type=client_credentials&scope=report", form, "Authorization", "Basic " + basic));
        described.checked("post", path, asking.postBody(path, "grant_type=client_credentials&scope=nothing", form, "Authorization", "Basic " + basic));
        Visitor.Answer last = described.checked("post", path, asking.postBody(path, "grant_type=client_credentials&scope=report", form, "Authorization", "Basic eDp5"));
        assertThat(last.status()).isEqualTo(401);
        while (throttle.tryTake("api-token", asking.address(), 120, Duration.ofMinutes(1))) {
            // until none is left
        }
        described.checked("post", path, asking.postBody(path, "grant_type=client_credentials&scope=report", form, "Authorization", "Basic " + basic));
    }

    private void reports() {
        JsonNode report = described.api().path("paths").path(MATTERS).path("post");
        String example = report.path("requestBody").path("content").path("application/json").path("example").toString();
        String key = UUID.randomUUID().toString();
        Visitor.Answer made = described.checked("post", MATTERS, program.post(MATTERS, key, described.sent(MATTERS, example)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        described.checked("post", MATTERS, program.post(MATTERS, key, example));
        assertThat(described.checked("post", MATTERS, program.post(MATTERS, key, "{\"title\":\"x\"}")).status()).isEqualTo(422);
        assertThat(described.checked("post", MATTERS, program.post(MATTERS, "short", example)).status()).isEqualTo(400);
        assertThat(post(MATTERS, "{\"title\":{}}").status()).isEqualTo(422);
        assertThat(post(MATTERS, "[]").status()).isEqualTo(400);
        sizes(MATTERS);
        refusesStrangers("post", MATTERS, program.key().isEmpty() ? "" : other("follow"));
        get(MATTERS + "?limit=1");
        post(MATTERS, example);
        String next = json.readTree(get(MATTERS + "?limit=1").body()).path("next").asString();
        assertThat(json.readTree(get(MATTERS + "?limit=1&cursor=" + next).body()).path("matters").size()).isEqualTo(1);
        cursors(MATTERS + "?", next);
        for (String limit : List.of("0", "201", "x", "-1")) {
            assertThat(get(MATTERS + "?limit=" + limit).status()).isEqualTo(400);
        }
        refusesStrangers("get", MATTERS, other("figures"));
        String one = MATTERS + "/" + json.readTree(made.body()).path("number").asString();
        Visitor.Answer read = get(one);
        assertThat(json.readTree(read.body()).path("as").asString()).isEqualTo("reporter");
        assertThat(get(one, "If-None-Match", read.header("etag").orElseThrow()).status()).isEqualTo(304);
        assertThat(get(MATTERS + "/0000000000000").status()).isEqualTo(404);
        refusesStrangers("get", one, other("figures"));
        while (throttle.tryTake("api-report", program.id(), 600, Duration.ofHours(1))) {
            // until none is left
        }
        assertThat(post(MATTERS, example).status()).isEqualTo(429);
    }

    /** Last of all: afterwards the program has to wait. */
    private void tooFast() {
        while (pace.tryStep(UUID.fromString(program.id()))) {
            // until none is left
        }
        described.api().path("paths").properties().stream().filter(path -> !path.getKey().equals("/api/v1/token")).forEach(path -> path.getValue().propertyNames().forEach(method -> {
            String filled = path.getKey().replace("{number}", "0012600000000").replace("{list}", "results").replaceAll("\\{[a-z]+}", "1");
            assertThat(asked(method, filled).status()).as(method + " " + filled).isEqualTo(429);
        }));
    }

    private Visitor.Answer asked(String method, String path) {
        return asked(program, method, path, "{}");
    }

    private Visitor.Answer asked(ApiProgram who, String method, String path, String body) {
        HttpRequest.Builder request = who.request(path);
        if (method.equals("post")) {
            request.header("Content-Type", "application/json");
        }
        return described.checked(method, path, who.send(request.method(method.toUpperCase(java.util.Locale.ROOT),
                method.equals("post") || method.equals("put") ? HttpRequest.BodyPublishers.ofString(method.equals("post") ? body : "") : HttpRequest.BodyPublishers.noBody())));
    }

    private String example(String path) {
        return described.api().path("paths").path(path).path("post").path("requestBody").path("content").path("application/json").path("example").toString();
    }

    /** A program keeps its own, and nobody else's. */
    private void webhooks() {
        String here = "/api/v1/webhooks";
        String wrong = other("figures");
        Visitor.Answer made = asked(program, "post", here, described.sent(here, example(here)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(json.readTree(made.body()).path("secret").asString()).startsWith("whsec_");
        assertThat(made.header("Cache-Control").orElseThrow()).contains("no-store");
        String one = here + "/" + json.readTree(made.body()).path("id").asString();
        assertThat(made.header("Location")).contains(one);
        assertThat(asked(program, "post", here, example(here)).status()).as("the same again").isEqualTo(409);
        assertThat(asked(program, "post", here, "[]").status()).isEqualTo(400);
        for (String bad : List.of("{}", "{\"url\":\"ftp://hooks.example.org/x\",\"events\":[\"matter.begun\"]}", "{\"url\":\"https://hooks.example.org/a\",\"events\":[\"matter.begun\",\"order.result\"]}",
                "{\"url\":\"https://hooks.example.org/a\",\"events\":[\"matter.begun\"],\"secret\":\"mine\"}")) {
            assertThat(asked(program, "post", here, bad).status()).as(bad).isEqualTo(422);
        }
        sizes(here);
        refusesStrangers("post", here, wrong);
        Visitor.Answer list = get(here);
        assertThat(json.readTree(list.body()).path("webhooks").size()).isEqualTo(1);
        assertThat(list.body()).doesNotContain("whsec_");
        refusesStrangers("get", here, wrong);
        assertThat(json.readTree(asked("post", one + "/pause").body()).path("state").asString()).isEqualTo("paused");
        assertThat(json.readTree(get(one).body()).path("state").asString()).isEqualTo("paused");
        assertThat(json.readTree(asked("post", one + "/resume").body()).path("state").asString()).isEqualTo("active");
        assertThat(json.readTree(asked("post", one + "/rotate").body()).path("secret").asString()).startsWith("whsec_").isNotEqualTo(json.readTree(made.body()).path("secret").asString());
        assertThat(json.readTree(get(one + "/dead").body()).path("deliveries").size()).isZero();
        assertThat(json.readTree(asked("post", one + "/dead/again").body()).path("again").asInt()).isZero();
        ApiProgram colleague = ApiProgram.of(port, of, program.admin(), "webhooks");
        for (String what : List.of("get ", "delete ", "post /pause", "post /resume", "post /rotate", "get /dead", "post /dead/again")) {
            String[] parts = what.split(" ", 2);
            assertThat(asked(colleague, parts[0], one + parts[1], "{}").status()).as("another program " + what).isEqualTo(404);
            refusesStrangers(parts[0], one + parts[1], wrong);
        }
        assertThat(asked(colleague, "post", here, "{\"url\":\"https://hooks.example.org/a\",\"events\":[\"matter.begun\"],\"unit\":true}").status()).as("of its unit, without a post").isEqualTo(422);
        assertThat(asked("delete", one).status()).isEqualTo(204);
        assertThat(get(one).status()).isEqualTo(404);
    }

    private void orders(FollowedMatter followed) {
        String department = "/api/v1/orders/department";
        String hotline = "/api/v1/orders/hotline-12345";
        String wrong = other("figures");
        assertThat(asked("put", department + "/connection").status()).isEqualTo(204);
        assertThat(asked("put", "/api/v1/orders/agency/connection").status()).isEqualTo(409);
        var matter = followed.report(Map.of());
        followed.act(followed.desk(), matter.matter(), "confirm", Map.of());
        followed.act(followed.desk(), matter.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        followed.act(followed.desk(), matter.matter(), "assign", Map.of("lead", followed.handler().unit().toString(), "reason", "职责所在"));
        org.heshi.supervision.Eventually.that("it waits", () -> program.get(department + "/assigned").body().contains(matter.number().digits()));
        String waiting = department + "/assigned/" + json.readTree(get(department + "/assigned?most=1&dead=false").body()).path("assigned").path(0).path("id").asString();
        assertThat(asked("post", waiting + "/taken").status()).isEqualTo(204);
        assertThat(asked("post", waiting + "/again").status()).isEqualTo(204);
        assertThat(asked("delete", department + "/connection").status()).isEqualTo(204);

        String path = "/api/v1/orders/{mapping}";
        String order = example(path).replace("GD2026070100017", "GD" + UUID.randomUUID().toString().substring(0, 8));
        ApiProgram line = ApiProgram.of(port, followed.desk().unit(), program.admin(), "exchange").inPost(Role.WINDOW_CLERK);
        assertThat(asked(line, "post", hotline, described.sent(hotline, order)).status()).isEqualTo(201);
        assertThat(asked(line, "post", hotline, order).status()).isEqualTo(200);
        ApiProgram other = ApiProgram.of(port, followed.desk().unit(), program.admin(), "exchange").inPost(Role.WINDOW_CLERK);
        assertThat(asked(other, "post", hotline, order).status()).isEqualTo(409);
        assertThat(asked(line, "post", hotline, "[]").status()).isEqualTo(400);
        assertThat(asked(line, "post", hotline, "{\"type\":\"9\"}").status()).isEqualTo(422);
        assertThat(asked(line, "post", hotline, "{\"content\":\"" + "长".repeat(400_000) + "\"}").status()).isEqualTo(413);
        assertThat(described.checked("post", hotline, line.send(line.request(hotline).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("{}"))))).status()).isEqualTo(411);
        assertThat(asked("post", hotline).status()).as("no post in which it could register, once the message can be read").isEqualTo(422);
        for (String what : List.of("post ", "get /results", "post /results/" + UUID.randomUUID() + "/taken", "post /results/" + UUID.randomUUID() + "/again", "put /connection",
                "delete /connection")) {
            String[] parts = what.split(" ", 2);
            assertThat(asked(parts[0], "/api/v1/orders/nobody" + parts[1]).status()).as(what).isEqualTo(404);
            refusesStrangers(parts[0], hotline + parts[1], wrong);
        }
    }

    private void sizes(String path) {
        assertThat(described.checked("post", path, program.send(program.request(path).header("Idempotency-Key", UUID.randomUUID().toString()).header("If-Match", "\"v4\"").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("{}"))))).status()).isEqualTo(411);
        assertThat(post(path, "{\"title\":\"" + "长".repeat(400_000) + "\"}", "If-Match", "\"v4\"").status()).isEqualTo(413);
        assertThat(described.checked("post", path, program.send(program.request(path).header("Idempotency-Key", UUID.randomUUID().toString()).header("If-Match", "\"v4\"").header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")))).status()).isEqualTo(415);
    }

    /** Cursors that somebody wrote by hand, or of another list. */
    private void cursors(String list, String good) {
        List<String> bad = new ArrayList<>(List.of("x", "AAAA", good.substring(1), good + "A", good.substring(0, good.length() - 4) + "AAAA", "A".repeat(2000)));
        char flipped = good.charAt(5) == 'A' ? 'B' : 'A';
        bad.add(good.substring(0, 5) + flipped + good.substring(6));
        for (String cursor : bad) {
            assertThat(get(list + "cursor=" + cursor).status()).as(cursor).isEqualTo(400);
        }
    }

    private String other(String scope) {
        return others.computeIfAbsent(scope, one -> ApiProgram.of(port, of, program.admin(), one).key());
    }

    private final Map<String, String> others = new java.util.HashMap<>();
    private UUID of;

    private void works(FollowedMatter followed) {
        var matter = followed.report(Map.of());
        UUID id = matter.matter();
        followed.act(followed.desk(), id, "confirm", Map.of());
        followed.act(followed.desk(), id, "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        followed.act(followed.desk(), id, "assign", Map.of("lead", followed.handler().unit().toString(), "reason", "职责所在"));
        String one = MATTERS + "/" + matter.number().digits();
        assertThat(json.readTree(get(one).body()).path("as").asString()).isEqualTo("staff");
        String actions = one + "/actions";
        JsonNode offered = json.readTree(get(actions).body());
        assertThat(offered.path("actions").size()).isPositive();
        assertThat(get(MATTERS + "/0000000000000/actions").status()).isEqualTo(404);
        refusesStrangers("get", actions, other("figures"));
        String accept = actions + "/accept";
        refusesStrangers("post", accept, other("figures"));
        sizes(accept);
        assertThat(post(accept, "{}").status()).isEqualTo(428);
        assertThat(post(accept, "{}", "If-Match", "\"v1\"").status()).isEqualTo(412);
        assertThat(post(accept, "[]", "If-Match", "\"v4\"").status()).isEqualTo(400);
        assertThat(post(accept, "{\"contact\":{}}", "If-Match", "\"v4\"").status()).isEqualTo(422);
        assertThat(post(MATTERS + "/0000000000000/actions/accept", "{}", "If-Match", "\"v4\"").status()).isEqualTo(404);
        assertThat(post(actions + "/verify", "{}", "If-Match", "\"v4\"").status()).isEqualTo(409);
        assertThat(post(accept, described.sent(accept, "{\"contact\":\"值班室\"}"), "If-Match", "\"v4\"").status()).isEqualTo(200);
        String progress = described.api().path("paths").path(MATTERS + "/{number}/actions/{action}").path("post").path("requestBody").path("content").path("application/json")
                .path("example").toString();
        assertThat(post(actions + "/progress", described.sent(actions + "/progress", progress), "If-Match", "\"v5\"").status()).isEqualTo(200);
        for (JsonNode action : json.readTree(get(actions).body()).path("actions")) {
            if (action.path("name").asString().equals("progress")) {
                assertThat(described.wrong(action.path("fields"), progress)).isEmpty();
                assertThat(described.wrong(action.path("fields"), "{}")).isNotEmpty();
            }
        }
        while (throttle.tryTake("api-act", program.id(), 600, Duration.ofHours(1))) {
            // until none is left
        }
        assertThat(post(actions + "/progress", progress, "If-Match", "\"v6\"").status()).isEqualTo(429);
    }

    private void looksUp(FollowedMatter followed) {
        // each example of each parameter, one after the other and all at once
        described.api().path("paths").properties().forEach(path -> {
            JsonNode operation = path.getValue().path("get");
            if (operation.isMissingNode() || path.getKey().contains("{number}") || path.getKey().startsWith("/api/v1/orders") || path.getKey().startsWith("/api/v1/webhooks")) {
                return;
            }
            List<String> examples = new ArrayList<>();
            String filled = path.getKey();
            String needed = "";
            for (JsonNode parameter : operation.path("parameters")) {
                String example = URLEncoder.encode(parameter.path("example").asString(""), StandardCharsets.UTF_8);
                if (parameter.path("in").asString().equals("path")) {
                    filled = filled.replace("{" + parameter.path("name").asString() + "}", example);
                } else if (parameter.path("required").asBoolean()) {
                    needed += parameter.path("name").asString() + "=" + example + "&";
                } else if (!example.isEmpty()) {
                    examples.add(parameter.path("name").asString() + "=" + example);
                }
            }
            String base = filled + "?" + needed;
            boolean figures = filled.equals("/api/v1/figures");
            if (!figures) {
                assertThat(get(base).status()).as(base).isEqualTo(200);
                examples.forEach(example -> assertThat(get(base + example).status()).as(base + example).isEqualTo(200));
                assertThat(get(base + String.join("&", examples)).status()).as(base).isEqualTo(200);
            }
            if (operation.path("responses").has("304")) {
                String tag = get(base).header("etag").orElseThrow();
                assertThat(get(base, "If-None-Match", tag).status()).isEqualTo(304);
                assertThat(get(base, "If-None-Match", "\"other\", W/" + tag).status()).isEqualTo(304);
                assertThat(get(base, "If-None-Match", "\"other\"").status()).isEqualTo(200);
            }
            if (operation.path("responses").has("400")) {
                assertThat(get(base + "limit=0&from=yesterday").status()).isEqualTo(400);
            }
            refusesStrangers("get", base, operation.path("responses").has("403") ? other("report") : "");
        });
        assertThat(get("/api/v1/divisions/999999").status()).isEqualTo(404);
        assertThat(get("/api/v1/directory/kinds/nothing").status()).isEqualTo(404);
        JsonNode units = json.readTree(get("/api/v1/directory/units?limit=2").body());
        assertThat(units.path("units").size()).isEqualTo(2);
        JsonNode more = json.readTree(get("/api/v1/directory/units?limit=2&cursor=" + units.path("next").asString()).body());
        assertThat(more.path("units").path(0).path("id")).isNotIn(units.path("units").path(0).path("id"), units.path("units").path(1).path("id"));
        cursors("/api/v1/directory/units?", units.path("next").asString());
        assertThat(get("/api/v1/directory/units?limit=2&within=33&cursor=" + units.path("next").asString()).status()).as("of another list").isEqualTo(400);
        JsonNode towns = json.readTree(get("/api/v1/divisions?within=330681&limit=3").body());
        cursors("/api/v1/divisions?within=330681&", towns.path("next").asString());
        assertThat(json.readTree(get("/api/v1/divisions/330681109").body()).path("fullName").asString()).contains("诸暨");
        // no figure of a place that the post does not watch, and none for a post that is not let in to the page
        String ofUnit = "/api/v1/figures?unit=" + followed.handler().unit() + "&from=2026-11-01&to=2026-11-30&by=kind";
        boolean letIn = org.heshi.access.AccessTable.shipped().page("GET", "/figures").orElseThrow().contains("handler");
        assertThat(get(ofUnit).status()).isEqualTo(letIn ? 200 : 403);
        ApiProgram dispatcher = ApiProgram.of(port, of, program.admin(), "figures").inPost(Role.DISPATCHER);
        assertThat(described.checked("get", "/api/v1/figures", dispatcher.get(ofUnit)).status()).isEqualTo(200);
        assertThat(get("/api/v1/figures?place=33&from=2026-11-01&to=2026-11-30").status()).isEqualTo(403);
        for (String wrong : List.of("", "from=2026-11-01", "from=2026-11-30&to=2026-11-01&place=330681", "from=2026-11-01&to=2026-11-30", "from=2026-11-01&to=2026-11-30&place=330681&by=person",
                "from=2026-11-01&to=2026-11-30&place=x", "from=2026-11-01&to=2026-11-30&unit=x", "from=2026-11-01&to=2026-11-30&place=330681&level=pink")) {
            assertThat(get("/api/v1/figures?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void inBothLanguagesAndOnThePage() {
        Visitor somebody = new Visitor(port);
        String chinese = somebody.get("/api/v1/openapi.json", "Accept-Language", "zh-CN").body();
        String english = somebody.get("/api/v1/openapi.json", "Accept-Language", "en").body();
        assertThat(chinese).contains("提交事项");
        assertThat(english).contains("Report a matter").doesNotContain("提交事项");
        Visitor.Answer yaml = somebody.get("/api/v1/openapi.yaml");
        assertThat(yaml.status()).isEqualTo(200);
        assertThat(yaml.body()).contains("openapi: 3.1").contains("/api/v1/matters:");
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open()) {
            visit.go("/api/v1/docs");
            visit.check("api-docs");
            assertThat(visit.page().innerText("main")).contains("POST /api/v1/matters");
        }
    }
}
