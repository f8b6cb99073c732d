package org.heshi.exchange.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.ApiProgram;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.exchange.webhook.Receiver;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A department that works in a system of its own is handed what is assigned to it, and says there how it goes. */
@HeshiTest
class OrdersToAgenciesTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HERE = "/api/v1/orders/department";
    private static final String ASSIGNED = HERE + "/assigned";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private FollowedMatter hall;
    private ApiProgram agency;

    @BeforeEach
    void somebody() {
        hall = FollowedMatter.inAVillage(context);
        agency = ApiProgram.of(context, port, hall.handler().unit(), "exchange").inPost(Role.HANDLER);
        assertThat(connect(agency, HERE, "PUT").status()).isEqualTo(204);
    }

    private static Visitor.Answer connect(ApiProgram who, String mapping, String method) {
        return who.send(who.request(mapping + "/connection").method(method, HttpRequest.BodyPublishers.ofString("")));
    }

    private Visitor.Answer send(ApiProgram who, String path, String body) {
        return who.send(who.request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Visitor.Answer say(ApiProgram who, String event, String number, String note) {
        return send(who, HERE, "{\"event\":\"" + event + "\",\"eventId\":\"" + event + number + "\",\"by\":\"" + note + "\",\"note\":\"" + note + "\",\"order\":{\"number\":\"" + number + "\"}}");
    }

    private JsonNode list(ApiProgram who, String path) {
        Visitor.Answer answer = who.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private Answer.Done assigned(String kind) {
        Answer.Done matter = hall.report(Map.of("name", "王小明", "phone", "13900000009", "title", "路灯不亮"));
        hall.act(hall.desk(), matter.matter(), "confirm", Map.of());
        hall.act(hall.desk(), matter.matter(), "sort", Map.of("kind", kind, "category", "02", "level", "yellow"));
        if (!kind.equals("dispute")) {
            hall.act(hall.desk(), matter.matter(), "assign", Map.of("lead", hall.handler().unit().toString(), "reason", "职责所在"));
        }
        return matter;
    }

    private List<String> actions(UUID matter) {
        return hall.history(matter).stream().map(item -> item.action()).toList();
    }

    private JsonNode order(String number) {
        Receiver.until(() -> list(agency, ASSIGNED).toString().contains(number), SOON);
        return list(agency, ASSIGNED).path("assigned").valueStream().filter(one -> one.toString().contains(number)).findFirst().orElseThrow();
    }

    @Test
    void areFetchedWorkedOnAndAnswered() {
        Answer.Done matter = assigned("service");
        String number = matter.number().digits();
        JsonNode order = order(number);
        assertThat(order.path("order").path("event").asString()).isEqualTo("assigned");
        JsonNode said = order.path("order").path("order");
        assertThat(said.path("subject").asString()).isEqualTo("路灯不亮");
        assertThat(said.path("topic").asString()).isEqualTo("roads");
        assertThat(said.path("priority").asString()).isEqualTo("high");
        assertThat(said.path("division").asString()).isEqualTo(hall.place());
        assertThat(said.path("assignedAt").asString()).endsWith("+08:00");
        assertThat(order.toString()).as("no contact goes out").doesNotContain("王小明", "13900000009");
        assertThat(send(agency, ASSIGNED + "/" + order.path("id").asString() + "/taken", "{}").status()).isEqualTo(204);
        assertThat(list(agency, ASSIGNED).path("assigned").toString()).doesNotContain(number);

        Visitor.Answer early = say(agency, "solved", number, "太早了");
        assertThat(early.status()).as(early.body()).isEqualTo(409);
        Visitor.Answer signed = say(agency, "signed", number, "供电所小李");
        assertThat(signed.status()).as(signed.body()).isEqualTo(201);
        assertThat(json.readTree(signed.body()).path("order").path("number").asString()).isEqualTo(number);
        assertThat(say(agency, "signed", number, "供电所小李").status()).as("the same again").isEqualTo(200);
        assertThat(say(agency, "working", number, "已派人到场").status()).isEqualTo(201);
        assertThat(say(agency, "working", number, "").status()).isEqualTo(422);
        Visitor.Answer solved = say(agency, "solved", number, "已换灯泡");
        assertThat(solved.status()).as(solved.body()).isEqualTo(201);
        assertThat(say(agency, "solved", number, "已换灯泡").status()).isEqualTo(200);
        assertThat(actions(matter.matter())).containsSubsequence("assign", "accept", "progress", "handle", "answer").doesNotHaveDuplicates();
        List<Readings.Reading> entries = Acting.as(new Actor.Machine("test"), () -> context.getBean(Readings.class).of(matter.matter()));
        assertThat(entries.getLast().person()).as("the log says which program").contains(UUID.fromString(agency.id()));
        assertThat(entries.getLast().word("answer")).isEqualTo("已换灯泡");
    }

    @Test
    void areSentToTheAddressOfTheProgramAndNotOfferedAgain() {
        try (Receiver receiver = new Receiver(_ -> Receiver.Says.status(200))) {
            agency.admin().get("/admin/webhooks");
            Visitor.Answer page = agency.admin().shown(agency.admin().postBody("/admin/webhooks/new", "_csrf=" + enc(agency.admin().token()) + "&client=" + agency.id() + "&events=order.assigned&url="
                    + enc(receiver.url("/orders")), "application/x-www-form-urlencoded"));
            Matcher secret = Pattern.compile("data-secret[^>]*>(whsec_[A-Za-z0-9+/=]+)<").matcher(page.body());
            assertThat(secret.find()).as(page.body()).isTrue();
            String number = assigned("service").number().digits();
            Receiver.until(() -> !receiver.taken().isEmpty(), SOON);
            Receiver.Got got = receiver.taken().getFirst();
            assertThat(got.signedBy(secret.group(1))).isTrue();
            assertThat(got.json().path("order").path("number").asString()).isEqualTo(number);
            Receiver.until(() -> !list(agency, ASSIGNED).toString().contains(number), SOON);
        }
    }

    @Test
    void areRefusedAndThenTheirsNoMore() {
        Answer.Done matter = assigned("service");
        String number = matter.number().digits();
        order(number);
        assertThat(say(agency, "refused", number, "不属于本单位").status()).isEqualTo(201);
        assertThat(actions(matter.matter())).endsWith("return");
        assertThat(say(agency, "refused", number, "不属于本单位").status()).as("the same again").isEqualTo(200);
        Receiver.until(() -> !list(agency, ASSIGNED).toString().contains(number), SOON);
        assertThat(say(agency, "working", number, "还想说").status()).isIn(404, 409);
    }

    @Test
    void areOnlyWhatThePartnerMaySee() throws Exception {
        ApiProgram other = ApiProgram.of(context, port, hall.desk().unit(), "exchange").inPost(Role.HANDLER);
        assertThat(connect(other, HERE, "PUT").status()).isEqualTo(204);
        Answer.Done barred = assigned("service");
        order(barred.number().digits());
        superuser("insert into matters.holding (matter, unit, relation, division_code) select m.id, '" + hall.handler().unit()
                + "', 'barred', m.division_code from matters.matter m where m.id = '" + barred.matter() + "'");
        assertThat(list(agency, ASSIGNED).toString()).doesNotContain(barred.number().digits());
        assertThat(say(agency, "signed", barred.number().digits(), "x").status()).isEqualTo(404);
        Answer.Done seen = assigned("service");
        order(seen.number().digits());
        assertThat(list(other, ASSIGNED).path("assigned").size()).as("the desk does not lead it").isZero();
        assertThat(say(other, "signed", seen.number().digits(), "x").status()).isEqualTo(404);
        Answer.Done dispute = assigned("dispute");
        assertThat(list(agency, ASSIGNED).toString()).doesNotContain(dispute.number().digits());
        ApiProgram colleague = ApiProgram.of(context, port, hall.handler().unit(), "exchange").inPost(Role.HANDLER);
        connect(colleague, HERE, "PUT");
        connect(agency, HERE, "DELETE");
        Answer.Done later = assigned("service");
        Receiver.until(() -> list(colleague, ASSIGNED).toString().contains(later.number().digits()), SOON);
        assertThat(list(colleague, ASSIGNED).toString()).doesNotContain(dispute.number().digits(), barred.number().digits());
        assertThat(list(agency, ASSIGNED).toString()).doesNotContain(later.number().digits());
    }

    @Test
    void thatCannotBeWrittenHoldNoneUpAndCanBeTriedAgain() throws Exception {
        String first = assigned("service").number().digits();
        order(first);
        String second = assigned("service").number().digits();
        order(second);
        String id = order(first).path("id").asString();
        superuser("insert into matters.holding (matter, unit, relation, division_code) select m.id, '" + hall.handler().unit() + "', 'barred', m.division_code from matters.matter m"
                + " where m.number = '" + first + "'");
        JsonNode offered = list(agency, ASSIGNED + "?most=1");
        assertThat(offered.path("assigned").size()).isEqualTo(1);
        assertThat(offered.toString()).contains(second).doesNotContain(first);
        // by a round of the program, not by asking
        Receiver.until(() -> list(agency, ASSIGNED + "?dead=true").toString().contains(id), SOON);
        JsonNode dead = list(agency, ASSIGNED + "?dead=true");
        assertThat(dead.path("assigned").toString()).contains(id, first).doesNotContain("路灯");
        superuser("delete from matters.holding where relation = 'barred' and matter = (select id from matters.matter where number = '" + first + "')");
        assertThat(list(agency, ASSIGNED).toString()).doesNotContain(first);
        assertThat(send(agency, ASSIGNED + "/" + id + "/again", "{}").status()).isEqualTo(204);
        assertThat(list(agency, ASSIGNED).toString()).contains(first, second);
        assertThat(list(agency, ASSIGNED + "?dead=true").path("assigned").size()).isZero();
    }

    @Test
    void waitWhileTheProgramHasNoPostAndAreNotLost() throws Exception {
        try (Receiver receiver = new Receiver(_ -> Receiver.Says.status(200))) {
            agency.admin().get("/admin/webhooks");
            agency.admin().postBody("/admin/webhooks/new", "_csrf=" + enc(agency.admin().token()) + "&client=" + agency.id() + "&events=order.assigned&url=" + enc(receiver.url("/orders")),
                    "application/x-www-form-urlencoded");
            agency.outOfPost();
            Answer.Done matter = assigned("service");
            String number = matter.number().digits();
            Receiver.until(() -> has("select exists (select from exchange.delivery where failure = 'not-now' and state = 'waiting' and matter = '" + matter.matter() + "')"), SOON);
            Visitor.Answer refused = agency.get(ASSIGNED);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("no-post");
            assertThat(list(agency, ASSIGNED + "?dead=true").path("assigned").size()).isZero();
            agency.inPost(Role.HANDLER);
            assertThat(list(agency, ASSIGNED).toString()).contains(number);
            superuser("update exchange.delivery set due_at = now() where matter = '" + matter.matter() + "' and state = 'waiting'");
            Receiver.until(() -> receiver.taken().stream().anyMatch(got -> got.body().contains(number)), SOON);
        }
    }

    @Test
    void thatAreNotTheirsJustNowArePassedOverAndHoldNoneUp() throws Exception {
        String first = assigned("service").number().digits();
        order(first);
        String second = assigned("service").number().digits();
        order(second);
        String lead = "update matters.matter set lead = %s where number = '" + first + "'";
        superuser(lead.formatted("'" + hall.desk().unit() + "'"));
        JsonNode offered = list(agency, ASSIGNED + "?most=1");
        assertThat(offered.toString()).contains(second).doesNotContain(first);
        assertThat(list(agency, ASSIGNED + "?dead=true").path("assigned").size()).isZero();
        superuser(lead.formatted("'" + hall.handler().unit() + "'"));
        assertThat(list(agency, ASSIGNED).toString()).contains(first, second);
    }

    @Test
    void areTakenAwayAndTheySaySoInTheirOwnWords() throws Exception {
        try (Receiver receiver = new Receiver(_ -> Receiver.Says.status(200))) {
            Answer.Done matter = assigned("service");
            String number = matter.number().digits();
            Answer.Done unknown = assigned("service");
            JsonNode order = order(number);
            order(unknown.number().digits());
            String id = order.path("id").asString();
            assertThat(list(agency, HERE + "/ended").path("ended").size()).isZero();
            send(agency, ASSIGNED + "/" + id + "/taken", "{}");
            agency.admin().get("/admin/webhooks");
            agency.admin().postBody("/admin/webhooks/new", "_csrf=" + enc(agency.admin().token()) + "&client=" + agency.id() + "&events=order.ended&url=" + enc(receiver.url("/orders")),
                    "application/x-www-form-urlencoded");
            for (Answer.Done one : List.of(unknown, matter)) {
                hall.act(hall.desk(), one.matter(), "reassign", Map.of("lead", hall.desk().unit().toString(), "reason", "改由中心办理"));
            }
            Receiver.until(() -> !receiver.taken().isEmpty(), SOON);
            JsonNode told = receiver.taken().getFirst().json();
            assertThat(told.path("event").asString()).isEqualTo("taken-away");
            assertThat(told.path("order").path("number").asString()).isEqualTo(number);
            assertThat(told.path("order").path("id").asString()).as("which order").isEqualTo(id);
            assertThat(told.path("at").asString()).endsWith("+08:00");
            assertThat(told.toString()).doesNotContain("路灯");
            Receiver.until(() -> has("select not exists (select from exchange.delivery where type = 'order.ended' and state = 'waiting' and matter in ('" + matter.matter() + "', '" + unknown.matter() + "'))"), SOON);
            assertThat(receiver.taken()).as("what they never took is not told of").hasSize(1);
            assertThat(list(agency, HERE + "/ended").path("ended").size()).as("sent, it is not offered").isZero();
            assertThat(say(agency, "working", number, "还想说").status()).isEqualTo(404);
        }
    }

    @Test
    void areTakenAwayBeforeTheySaidThatTheyTookThemAndThenTheyAreTold() throws Exception {
        try (Receiver receiver = new Receiver(_ -> Receiver.Says.status(200))) {
            Answer.Done matter = assigned("service");
            String number = matter.number().digits();
            String id = order(number).path("id").asString();
            agency.admin().get("/admin/webhooks");
            agency.admin().postBody("/admin/webhooks/new", "_csrf=" + enc(agency.admin().token()) + "&client=" + agency.id() + "&events=order.ended&url=" + enc(receiver.url("/orders")),
                    "application/x-www-form-urlencoded");
            hall.act(hall.desk(), matter.matter(), "reassign", Map.of("lead", hall.desk().unit().toString(), "reason", "改由中心办理"));
            Receiver.until(() -> has("select exists (select from exchange.order_result where what = 'ended' and matter = '" + matter.matter() + "')"), SOON);
            assertThat(has("select exists (select from exchange.delivery where matter = '" + matter.matter() + "')")).as("nobody knows yet whether they heard of it").isFalse();
            // they fetched it before it was taken away, and say so now
            assertThat(send(agency, ASSIGNED + "/" + id + "/taken", "{}").status()).isEqualTo(204);
            Receiver.until(() -> !receiver.taken().isEmpty(), SOON);
            assertThat(receiver.taken().getFirst().json().path("order").path("id").asString()).isEqualTo(id);
            assertThat(send(agency, ASSIGNED + "/" + id + "/taken", "{}").status()).as("said twice").isEqualTo(204);
            Receiver.until(() -> list(agency, HERE + "/ended").path("ended").isEmpty(), SOON);
            assertThat(receiver.taken()).hasSize(1);
        }
    }

    @Test
    void thatNobodyFetchesAreLookedAtLessAndLessAndAnewWhenTheirMatterChanges() throws Exception {
        Answer.Done matter = assigned("service");
        order(matter.number().digits());
        String row = " from exchange.order_result where what = 'assigned' and matter = '" + matter.matter() + "'";
        Receiver.until(() -> has("select looks > 0 and look_at > at" + row), SOON);
        superuser("update exchange.order_result set looks = 12, look_at = now() + interval '5 hours' where what = 'assigned' and matter = '" + matter.matter() + "'");
        superuser("insert into matters.holding (matter, unit, relation, division_code) select m.id, '" + hall.handler().unit() + "', 'barred', m.division_code from matters.matter m where m.id = '"
                + matter.matter() + "'");
        context.getBean(NeverTold.class).round();
        assertThat(has("select looks = 12 and dead_at is null" + row)).as("its time has not come").isTrue();
        superuser("delete from matters.holding where relation = 'barred' and matter = '" + matter.matter() + "'");
        hall.act(hall.handler(), matter.matter(), "accept", Map.of());
        Receiver.until(() -> has("select looks between 1 and 5" + row), SOON);
    }

    @Test
    void areFetchedAsTakenAwayButNotWhatTheyGaveBackThemselvesOrWhatIsAboutThem() throws Exception {
        Answer.Done back = assigned("service");
        Answer.Done about = assigned("service");
        Answer.Done away = assigned("service");
        for (Answer.Done one : List.of(back, about, away)) {
            send(agency, ASSIGNED + "/" + order(one.number().digits()).path("id").asString() + "/taken", "{}");
        }
        assertThat(say(agency, "refused", back.number().digits(), "不属于本单位").status()).isEqualTo(201);
        superuser("insert into matters.holding (matter, unit, relation, division_code) select m.id, '" + hall.handler().unit() + "', 'barred', m.division_code from matters.matter m where m.id = '"
                + about.matter() + "'");
        for (Answer.Done one : List.of(about, away)) {
            hall.act(hall.desk(), one.matter(), "reassign", Map.of("lead", hall.desk().unit().toString(), "reason", "改由中心办理"));
        }
        String ended = HERE + "/ended";
        Receiver.until(() -> list(agency, ended).toString().contains(away.number().digits()), SOON);
        JsonNode told = list(agency, ended);
        assertThat(told.toString()).doesNotContain(back.number().digits(), about.number().digits());
        assertThat(list(agency, ended)).as("asking changes nothing").isEqualTo(told);
        assertThat(send(agency, ended + "/" + told.path("ended").path(0).path("id").asString() + "/taken", "{}").status()).isEqualTo(204);
        assertThat(list(agency, ended).path("ended").size()).isZero();
    }

    private boolean has(String sql) {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            return r.next() && r.getBoolean(1);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void superuser(String sql) throws Exception {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            s.execute(sql);
        }
    }

    @Test
    void areTakenByProgramsThatCanWorkOnThemOnly() {
        ApiProgram without = ApiProgram.of(context, port, hall.handler().unit(), "exchange");
        assertThat(connect(without, HERE, "PUT").status()).isEqualTo(403);
        assertThat(connect(agency, "/api/v1/orders/agency", "PUT").status()).isEqualTo(409);
        assertThat(connect(agency, "/api/v1/orders/nobody", "PUT").status()).isEqualTo(404);
        assertThat(send(agency, HERE, "{\"event\":\"created\",\"order\":{\"number\":\"1\"}}").status()).isEqualTo(422);
        assertThat(say(agency, "signed", "0000000000000", "x").status()).isEqualTo(404);
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
