package org.heshi.exchange.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.ApiProgram;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.exchange.webhook.Receiver;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.FollowedMatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hotline and another agency, each in its own words, over HTTP. */
@HeshiTest
class OrdersOfOthersTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HOTLINE = "/api/v1/orders/hotline-12345";
    private static final String AGENCY = "/api/v1/orders/agency";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private FollowedMatter hall;
    private ApiProgram hotline;

    @BeforeEach
    void somebody() {
        hall = FollowedMatter.inAVillage(context);
        hotline = ApiProgram.of(context, port, hall.desk().unit(), "exchange").inPost(Role.WINDOW_CLERK);
    }

    private static String fresh() {
        return "GD" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private Visitor.Answer send(ApiProgram who, String path, String body) {
        return who.send(who.request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String order(String number) {
        return "{\"type\":\"1\",\"orderNo\":\"" + number + "\",\"content\":\"小区门口井盖松动\",\"timeLimit\":\"7D\",\"areaCode\":\"" + hall.place() + "\",\"caller\":{\"name\":\"张三\",\"phone\":\"13900000001\"}}";
    }

    private static String later(String type, String number, String message, String content) {
        return "{\"type\":\"" + type + "\",\"orderNo\":\"" + number + "\",\"msgId\":\"" + message + "\",\"content\":\"" + content + "\"}";
    }

    private JsonNode body(Visitor.Answer answer) {
        return json.readTree(answer.body());
    }

    private List<String> actions(UUID matter) {
        return hall.history(matter).stream().map(item -> item.action()).toList();
    }

    @Test
    void goInOnceAndComeBackAnswered() {
        String number = fresh();
        Visitor.Answer made = send(hotline, HOTLINE, order(number));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(body(made).path("code").asInt(-1)).isZero();
        assertThat(body(made).path("data").path("orderNo").asString()).isEqualTo(number);
        assertThat(body(made).path("data").path("queryCode").asString()).matches("[2-9A-Z]{4}-[2-9A-Z]{4}");
        String accepted = body(made).path("data").path("acceptNo").asString();
        UUID matter = hall.find(new MatterNumber(accepted));

        Visitor.Answer again = send(hotline, HOTLINE, order(number));
        assertThat(again.status()).isEqualTo(200);
        assertThat(body(again).path("data").path("acceptNo").asString()).isEqualTo(accepted);
        assertThat(body(again).path("data").has("queryCode")).isFalse();

        assertThat(send(hotline, HOTLINE, later("2", number, "m1", "又塌了一块")).status()).isEqualTo(201);
        assertThat(send(hotline, HOTLINE, later("2", number, "m1", "又塌了一块")).status()).isLessThan(300);
        assertThat(send(hotline, HOTLINE, later("3", number, "m2", "")).status()).isEqualTo(201);
        assertThat(actions(matter)).containsExactlyInAnyOrder("register", "add", "add");

        hall.act(hall.desk(), matter, "answer-at-once", Map.of("answer", "当场修好", "outcome", "resolved"));
        hall.act(hall.desk(), matter, "hand-back", Map.of("words", "井盖已经换新，请放心通行。"));
        Receiver.until(() -> body(hotline.get(HOTLINE + "/results")).path("results").size() == 1, SOON);
        JsonNode result = body(hotline.get(HOTLINE + "/results")).path("results").path(0);
        assertThat(result.path("result").path("orderNo").asString()).isEqualTo(number);
        assertThat(result.path("result").path("replyContent").asString()).isEqualTo("井盖已经换新，请放心通行。");
        assertThat(result.path("result").path("result").asString()).isEqualTo("1");
        assertThat(result.path("result").path("replyTime").asString()).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{8}");
        String taken = HOTLINE + "/results/" + result.path("id").asString() + "/taken";
        assertThat(send(hotline, taken, "{}").status()).isEqualTo(204);
        assertThat(send(hotline, taken, "{}").status()).isEqualTo(204);
        assertThat(body(hotline.get(HOTLINE + "/results")).path("results").size()).isZero();

        assertThat(send(hotline, HOTLINE, later("4", number, "m3", "又松了")).status()).isEqualTo(201);
        assertThat(actions(matter)).contains("reopen");
        assertThat(send(hotline, HOTLINE, later("5", number, "m4", "派错了")).status()).isEqualTo(201);
        assertThat(actions(matter)).contains("withdraw");
        Visitor.Answer late = send(hotline, HOTLINE, later("2", number, "m5", "太晚了"));
        assertThat(late.status()).isEqualTo(409);
    }

    @Test
    void tellWhereTheyStandUntilTheyAreHandedBack() {
        String number = fresh();
        String accepted = body(send(hotline, HOTLINE, order(number))).path("data").path("acceptNo").asString();
        UUID matter = hall.find(new MatterNumber(accepted));
        hall.act(hall.desk(), matter, "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        hall.act(hall.desk(), matter, "assign", Map.of("lead", hall.handler().unit().toString(), "reason", "职责所在"));
        hall.act(hall.handler(), matter, "accept", Map.of());
        hall.act(hall.handler(), matter, "handle", Map.of("done", "换了井盖"));
        hall.act(hall.handler(), matter, "answer", Map.of("answer", "已经换新"));
        Receiver.until(() -> body(hotline.get(HOTLINE + "/statuses")).toString().contains("\"50\""), SOON);
        JsonNode told = body(hotline.get(HOTLINE + "/statuses")).path("statuses");
        assertThat(told.valueStream().map(one -> one.path("status").path("status").asString())).containsSubsequence("20", "30", "40", "50");
        assertThat(told.path(0).path("status").path("orderNo").asString()).isEqualTo(number);
        assertThat(told.toString()).as("no words").doesNotContain("换");
        assertThat(send(hotline, HOTLINE + "/statuses/" + told.path(0).path("id").asString() + "/taken", "{}").status()).isEqualTo(204);
        assertThat(body(hotline.get(HOTLINE + "/statuses")).path("statuses").size()).isEqualTo(told.size() - 1);
        assertThat(body(hotline.get(HOTLINE + "/results")).path("results").size()).isZero();
    }

    @Test
    void areWrittenDownInTheTransactionOfTheirMatter() throws Exception {
        String number = fresh();
        UUID matter = hall.find(new MatterNumber(body(send(hotline, HOTLINE, order(number))).path("data").path("acceptNo").asString()));
        try (var c = SuperuserConnection.open(context); var s = c.createStatement();
                var r = s.executeQuery("select (select xmin from exchange.order_in where matter = '" + matter + "') = (select xmin from matters.entry_row where matter = '" + matter + "' and seq = 1)")) {
            assertThat(r.next() && r.getBoolean(1)).isTrue();
        }
    }

    @Test
    void areHandedBackToTheirAddressSignedAndAreNotOfferedTwice() {
        ApiProgram agency = ApiProgram.of(context, port, hall.desk().unit(), "exchange").inPost(Role.WINDOW_CLERK);
        try (Receiver receiver = new Receiver(_ -> Receiver.Says.status(200))) {
            agency.admin().get("/admin/webhooks");
            Visitor.Answer page = agency.admin().shown(agency.admin().postBody("/admin/webhooks/new", "_csrf=" + enc(agency.admin().token()) + "&client=" + agency.id() + "&events=order.result&url=" + enc(receiver.url("/back")),
                    "application/x-www-form-urlencoded"));
            Matcher secret = Pattern.compile("data-secret[^>]*>(whsec_[A-Za-z0-9+/=]+)<").matcher(page.body());
            assertThat(secret.find()).as(page.body()).isTrue();
            String id = fresh();
            Visitor.Answer made = send(agency, AGENCY, "{\"event\":\"created\",\"eventId\":\"e1\",\"case\":{\"id\":\"" + id + "\",\"subject\":\"路面坑洼\",\"text\":\"步森大道口\",\"priority\":\"high\",\"topic\":\"roads\","
                    + "\"division\":\"" + hall.place() + "\",\"occurredAt\":\"2026-06-01T08:00:00+08:00\"}}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            assertThat(body(made).path("case").path("id").asString()).isEqualTo(id);
            UUID matter = hall.find(new MatterNumber(body(made).path("case").path("number").asString()));
            hall.act(hall.desk(), matter, "answer-at-once", Map.of("answer", "已修补", "outcome", "resolved"));
            hall.act(hall.desk(), matter, "hand-back", Map.of("words", "已修补完毕"));
            Receiver.until(() -> !receiver.taken().isEmpty(), SOON);
            Receiver.Got got = receiver.taken().getFirst();
            assertThat(got.signedBy(secret.group(1))).isTrue();
            assertThat(got.json().path("case").path("id").asString()).isEqualTo(id);
            assertThat(got.json().path("answer").path("text").asString()).isEqualTo("已修补完毕");
            assertThat(got.json().path("answer").path("outcome").asString()).isEqualTo("resolved");
            Receiver.until(() -> body(agency.get(AGENCY + "/results")).path("results").size() == 0, SOON);
            assertThat(agency.admin().get("/admin/webhooks").body()).doesNotContain("已修补完毕");
        }
    }

    @Test
    void areRefusedWithThePlaceOfEveryFault() {
        JsonNode problem = body(send(hotline, HOTLINE, "{\"type\":\"1\",\"orderNo\":\"a b\",\"content\":{},\"timeLimit\":\"99D\"}"));
        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.path("errors")).extracting(error -> error.path("pointer").asString()).contains("/orderNo", "/content", "/timeLimit");
        assertThat(problem.path("errors").toString()).contains("2H").contains("99D");
        // what only the matter's own rules find is said at their place, too
        JsonNode place = body(send(hotline, HOTLINE, order(fresh()).replace(hall.place(), "999999999999")));
        assertThat(place.path("errors").path(0).path("pointer").asString()).isEqualTo("/areaCode");
        JsonNode phone = body(send(hotline, HOTLINE, order(fresh()).replace("13900000001", "no number")));
        assertThat(phone.path("errors").path(0).path("pointer").asString()).isEqualTo("/caller/phone");
    }

    @Test
    void areRefusedWhenTheyAreNoJsonOrTooMuchOfIt() {
        for (String bad : List.of("", "x", "[]", "\"a\"", "null", "{\"a\":1,\"a\":2}", "{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}", "{} {}", "{\"a\":NaN}", "{'a':1}")) {
            assertThat(send(hotline, HOTLINE, bad).status()).as(bad).isIn(400, 411);
        }
        assertThat(send(hotline, HOTLINE, "{\"content\":\"" + "长".repeat(400_000) + "\"}").status()).isEqualTo(413);
        assertThat(send(hotline, "/api/v1/orders/nobody", order(fresh())).status()).isEqualTo(404);
        assertThat(send(hotline, HOTLINE + "/results/x/taken", "{}").status()).isEqualTo(404);
        assertThat(send(hotline, HOTLINE + "/results/" + UUID.randomUUID() + "/taken", "{}").status()).isEqualTo(404);
    }

    @Test
    void becomeOneMatterHoweverOftenAndHowManyAtOnce() throws Exception {
        String number = fresh();
        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            Callable<Visitor.Answer> one = () -> send(hotline, HOTLINE, order(number));
            List<String> numbers = new ArrayList<>();
            for (Future<Visitor.Answer> answer : hands.invokeAll(Collections.nCopies(16, one))) {
                assertThat(answer.get().status()).as(answer.get().body()).isIn(200, 201);
                numbers.add(body(answer.get()).path("data").path("acceptNo").asString());
            }
            assertThat(numbers).containsOnly(numbers.getFirst());
        }
    }

    @Test
    void areNobodyElsesToReadOrChange() throws Exception {
        String number = fresh();
        String accepted = body(send(hotline, HOTLINE, order(number))).path("data").path("acceptNo").asString();
        ApiProgram other = ApiProgram.of(context, port, hall.desk().unit(), "exchange").inPost(Role.WINDOW_CLERK);
        assertThat(send(other, HOTLINE, later("2", number, "m1", "不是我的")).status()).isEqualTo(404);
        assertThat(send(other, HOTLINE, order(number)).status()).as("a number that is taken").isEqualTo(409);
        assertThat(send(hotline, HOTLINE, later("2", fresh(), "m1", "先于工单到达")).status()).isEqualTo(404);

        ApiProgram without = ApiProgram.of(context, port, hall.desk().unit(), "exchange");
        assertThat(send(without, HOTLINE, order(fresh())).status()).isEqualTo(403);
        ApiProgram reader = ApiProgram.of(context, port, hall.desk().unit(), "report").inPost(Role.WINDOW_CLERK);
        assertThat(send(reader, HOTLINE, order(fresh())).status()).isEqualTo(403);
        assertThat(new Visitor(port).postBody(HOTLINE, order(fresh()), "application/json").status()).isEqualTo(401);

        UUID matter = hall.find(new MatterNumber(accepted));
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute("insert into matters.holding (matter, unit, relation, division_code) select m.id, '" + hall.desk().unit() + "', 'barred', m.division_code from matters.matter m where m.id = '" + matter + "'");
        }
        assertThat(send(hotline, HOTLINE, order(number)).status()).isEqualTo(404);
        assertThat(send(hotline, HOTLINE, later("2", number, "m9", "关于本单位")).status()).isEqualTo(404);
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
