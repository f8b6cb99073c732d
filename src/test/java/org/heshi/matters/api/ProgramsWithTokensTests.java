package org.heshi.matters.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
import java.util.stream.Stream;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Contents;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.matters.FollowedMatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another system, from the administrator's page to its own matter, over HTTP. */
@HeshiTest
class ProgramsWithTokensTests {

    private static final Pattern SECRET = Pattern.compile("data-secret[^>]*>(hs_[A-Za-z0-9_-]{43})<");
    private static final Pattern ID = Pattern.compile("action=\"/admin/clients/([0-9a-f-]{36})/end\"");
    private static final String MATTERS = "/api/v1/matters";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private Visitor admin;
    private Visitor program;

    private record Program(String id, String secret) {
    }

    @BeforeEach
    void somebody() {
        admin = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR));
        program = new Visitor(port);
    }

    private Program make(String... scopes) {
        String page = admin.get("/admin/clients/new").body();
        Matcher unit = Pattern.compile("<option value=\"([0-9a-f-]{36})\"").matcher(page);
        assertThat(unit.find()).isTrue();
        return makeFor(unit.group(1), scopes);
    }

    private Program makeFor(String unit, String... scopes) {
        admin.get("/admin/clients/new");
        StringBuilder form = new StringBuilder("_csrf=" + enc(admin.token()) + "&name=" + enc("小程序" + UUID.randomUUID().toString().substring(0, 6)) + "&unit=" + unit);
        Stream.of(scopes).forEach(scope -> form.append("&scopes=").append(scope));
        Visitor.Answer answer = admin.shown(admin.postBody("/admin/clients/new", form.toString(), "application/x-www-form-urlencoded"));
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return new Program(id.group(1), secret(answer));
    }

    private static String secret(Visitor.Answer answer) {
        Matcher secret = SECRET.matcher(answer.body());
        assertThat(secret.find()).as("a secret on the page").isTrue();
        return secret.group(1);
    }

    private Visitor.Answer ask(Program who, String form) {
        String basic = Base64.getEncoder().encodeToString((who.id() + ":" + who.secret()).getBytes(StandardCharsets.UTF_8));
        return program.postBody("/api/v1/token", form, "application/x-www-form-urlencoded", "Authorization", "Basic " + basic);
    }

    private String token(Program who, String scope) {
        Visitor.Answer answer = ask(who, "grant_type=client_credentials&scope=" + enc(scope));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode said = json.readTree(answer.body());
        assertThat(said.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(said.path("expires_in").asInt()).isBetween(890, 900);
        assertThat(answer.header("cache-control")).hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        return said.path("access_token").asString();
    }

    private Visitor.Answer report(String token, String key, String body) {
        return program.postBody(MATTERS, body, "application/json", "Authorization", "Bearer " + token, "Idempotency-Key", key, "Accept", "application/json");
    }

    private Visitor.Answer read(String token, String path) {
        return program.get(path, "Authorization", "Bearer " + token, "Accept", "application/json");
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String matter(String title) {
        return "{\"title\":\"" + title + "\",\"description\":\"门口的井盖松了\",\"place\":\"330681109\",\"phone\":\"13900000001\",\"anonymous\":false}";
    }

    @Test
    void reportAMatterOnceAndFollowItAsItsReporterReadsIt() throws Exception {
        Program who = make("report", "follow");
        String token = token(who, "report follow");
        String key = UUID.randomUUID().toString();
        Visitor.Answer made = report(token, key, matter("井盖"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode receipt = json.readTree(made.body());
        String number = receipt.path("number").asString();
        assertThat(made.location()).isEqualTo(MATTERS + "/" + number);
        assertThat(receipt.path("code").asString()).matches("[2-9A-Z]{4}-[2-9A-Z]{4}");

        Visitor.Answer again = report(token, key, matter("井盖"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(json.readTree(again.body()).path("number").asString()).isEqualTo(number);
        assertThat(json.readTree(again.body()).path("code").isNull()).isTrue();

        JsonNode followed = json.readTree(read(token, MATTERS + "/" + number).body());
        assertThat(followed.path("state").asString()).isEqualTo("reported");
        assertThat(followed.path("says").path("zh").asString()).contains("已收到");
        assertThat(followed.path("history").path(0).path("action").asString()).isEqualTo("report");
        assertThat(json.readTree(read(token, MATTERS).body()).path("matters").path(0).path("number").asString()).isEqualTo(number);

        // the resident has the same door as everybody, and the log says which program it was
        Visitor resident = new Visitor(port);
        resident.get("/follow");
        assertThat(resident.post("/follow", Map.of("number", number, "code", receipt.path("code").asString())).status()).isEqualTo(303);
        try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
            assertThat(json.readTree(Contents.of(s, "matter = (select id from matters.matter where number = '" + number + "')")).path("actor"))
                    .isEqualTo(json.readTree("{\"kind\":\"client\",\"client\":\"" + who.id() + "\"}"));
        }
    }

    @Test
    void leaveNoContactWhereNoneIsWanted() throws Exception {
        String token = token(make("report"), "report");
        String number = json.readTree(report(token, UUID.randomUUID().toString(), matter("不留姓名").replace("\"anonymous\":false", "\"anonymous\":true")).body())
                .path("number").asString();
        assertThat(count("select count(*) from matters.particular p join matters.matter m on m.id = p.matter where p.class = 'contact' and m.number = '" + number + "'")).isZero();
        assertThat(count("select count(*) from matters.particular p join matters.matter m on m.id = p.matter where m.number = '" + number + "'")).isPositive();
    }

    @Test
    void leaveNoContactHoweverTheySayThatNoneIsWanted() throws Exception {
        String token = token(make("report"), "report");
        for (String yes : List.of("\"on\"", "\"1\"", "1", "[\"yes\"]", "\" true \"")) {
            Visitor.Answer answer = report(token, UUID.randomUUID().toString(), matter("不留姓名").replace("\"anonymous\":false", "\"anonymous\":" + yes));
            assertThat(answer.status()).as(yes + answer.body()).isEqualTo(201);
            String number = json.readTree(answer.body()).path("number").asString();
            assertThat(count("select count(*) from matters.particular p join matters.matter m on m.id = p.matter where p.class = 'contact' and m.number = '" + number + "'"))
                    .as(yes).isZero();
        }
    }

    @Test
    void readNoLongerWhatIsAboutTheirOfficeOrPutAway() throws Exception {
        Program who = make("report", "follow");
        String token = token(who, "report follow");
        for (String why : List.of("insert into matters.holding (matter, unit, relation, division_code) select m.id, c.unit, 'barred', m.division_code "
                + "from matters.matter m, identity.api_client c where c.id = '" + who.id() + "' and m.number = '%s'", "update matters.matter set put_away_at = now() where number = '%s'")) {
            String number = json.readTree(report(token, UUID.randomUUID().toString(), matter("关于本单位的")).body()).path("number").asString();
            assertThat(read(token, MATTERS + "/" + number).status()).isEqualTo(200);
            assertThat(read(token, MATTERS).body()).contains(number);
            execute(why.formatted(number));
            Visitor.Answer answer = read(token, MATTERS + "/" + number);
            assertThat(answer.status()).as(why).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(read(token, MATTERS + "/0000000000000").body().replace("0000000000000", number));
            assertThat(read(token, MATTERS).body()).as(why).doesNotContain(number);
        }
    }

    @Test
    void getOneMatterForAKeyThatIsSentTwiceAtOnce() throws Exception {
        String token = token(make("report"), "report");
        for (int round = 0; round < 5; round++) {
            String key = UUID.randomUUID().toString();
            try (ExecutorService hands = Executors.newFixedThreadPool(6)) {
                Callable<Visitor.Answer> send = () -> report(token, key, matter("同时两次"));
                List<String> numbers = new ArrayList<>();
                for (Future<Visitor.Answer> one : hands.invokeAll(Collections.nCopies(6, send))) {
                    assertThat(one.get().status()).as(one.get().body()).isIn(200, 201);
                    numbers.add(json.readTree(one.get().body()).path("number").asString());
                }
                assertThat(numbers).containsOnly(numbers.getFirst());
            }
        }
    }

    @Test
    void sayHowLongTheirTextIsAndWriteAddressesPlainly() {
        String token = token(make("report"), "report");
        Visitor.Answer endless = program.send(program.request(MATTERS).header("Content-Type", "application/json").header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(matter("不说多长")))));
        assertThat(endless.status()).isEqualTo(411);
        assertThat(report(token, UUID.randomUUID().toString(), matter("长".repeat(400_000))).status()).isEqualTo(413);
        assertThat(program.postBody("/api/v1/%74oken", "grant_type=client_credentials", "application/x-www-form-urlencoded").status()).isEqualTo(400);
    }

    @Test
    void seeNothingOfWhatOthersReported() {
        String mine = token(make("report", "follow"), "report follow");
        String number = json.readTree(report(mine, UUID.randomUUID().toString(), matter("别人的")).body()).path("number").asString();
        String others = token(make("report", "follow"), "follow");
        String residents = FollowedMatter.inAVillage(context).report(Map.of()).number().digits();
        for (String of : List.of(number, residents, "9999999999999", "x")) {
            Visitor.Answer answer = read(others, MATTERS + "/" + of);
            assertThat(answer.status()).as(of).isEqualTo(404);
            assertThat(answer.header("content-type")).hasValue("application/problem+json");
            assertThat(answer.body()).isEqualTo(read(others, MATTERS + "/0000000000000").body().replace("0000000000000", of));
        }
        assertThat(json.readTree(read(others, MATTERS).body()).path("matters").isEmpty()).isTrue();
        assertThat(read(others, "/api/v1/anything/else").status()).isEqualTo(404);
    }

    @Test
    void mayDoWhatTheirTokenIsForAndNothingElse() {
        Program who = make("report", "follow");
        Visitor.Answer refused = report(token(who, "follow"), UUID.randomUUID().toString(), matter("无权"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("www-authenticate")).hasValueSatisfying(why -> assertThat(why).contains("insufficient_scope"));
        assertThat(json.readTree(refused.body()).path("status").asInt()).isEqualTo(403);
        assertThat(read(token(who, "report"), MATTERS).status()).isEqualTo(403);

        for (String wrong : List.of("", "nonsense", "ht_" + "A".repeat(43))) {
            Visitor.Answer answer = read(wrong, MATTERS);
            assertThat(answer.status()).as(wrong).isBetween(400, 401);
            assertThat(answer.header("www-authenticate")).hasValueSatisfying(why -> assertThat(why).startsWith("Bearer").doesNotContain("http:"));
        }
        // what a browser keeps is worth nothing here, and a token nothing on the pages
        assertThat(admin.get(MATTERS).status()).isEqualTo(401);
        assertThat(read(token(who, "follow"), "/queue").status()).isEqualTo(401);
        assertThat(program.get(MATTERS + "?access_token=" + token(who, "follow")).status()).isEqualTo(401);
    }

    @Test
    void areToldWhatIsWrongAsTheStandardsSay() {
        Program who = make("follow");
        record Wrong(Program by, String form, int status, String error) {
        }
        for (Wrong wrong : List.of(new Wrong(new Program(who.id(), "hs_wrong"), "grant_type=client_credentials&scope=follow", 401, "invalid_client"),
                new Wrong(new Program(UUID.randomUUID().toString(), who.secret()), "grant_type=client_credentials&scope=follow", 401, "invalid_client"),
                new Wrong(new Program("nobody", "x"), "grant_type=client_credentials", 401, "invalid_client"),
                new Wrong(who, "grant_type=client_credentials&scope=report", 400, "invalid_scope"),
                new Wrong(who, "grant_type=client_credentials", 400, "invalid_scope"),
                new Wrong(who, "grant_type=password&username=a&password=b", 400, "unsupported_grant_type"),
                new Wrong(who, "scope=follow", 400, "invalid_request"))) {
            Visitor.Answer answer = ask(wrong.by(), wrong.form());
            assertThat(answer.status()).as(wrong.form() + answer.body()).isEqualTo(wrong.status());
            assertThat(json.readTree(answer.body()).path("error").asString()).as(wrong.form()).isEqualTo(wrong.error());
        }
        String token = token(make("report"), "report");
        assertThat(report(token, "short", matter("短")).status()).isEqualTo(400);
        assertThat(report(token, UUID.randomUUID().toString(), "[1").status()).isEqualTo(400);
        assertThat(program.postBody(MATTERS, "a=b", "text/plain", "Authorization", "Bearer " + token).status()).isEqualTo(415);
        Visitor.Answer refused = report(token, UUID.randomUUID().toString(), "{\"title\":\"\",\"place\":{\"a\":1},\"accused-words\":\"某局\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("content-type")).hasValue("application/problem+json");
        assertThat(json.readTree(refused.body()).path("errors").findValuesAsString("code")).contains("api-value", "report-about-office-unclear");
        assertThat(json.readTree(report(token, UUID.randomUUID().toString(), "{\"nothing\":\"x\"}").body()).path("errors").size()).isPositive();
    }

    @Test
    void changeTheirSecretWhileTheOldOneIsStillGoodAndEndAtOnce() throws Exception {
        Program first = make("follow");
        String here = "/admin/clients/" + first.id();
        assertThat(admin.get(here).body()).as("shown once").doesNotContain(first.secret());
        Program second = new Program(first.id(), secret(admin.shown(admin.post(here + "/rotate", Map.of()))));
        token(first, "follow");
        String old = token(second, "follow");
        admin.get(here);
        Visitor.Answer tooMany = admin.post(here + "/rotate", Map.of());
        assertThat(tooMany.status()).as("a page that is loaded again ends no secret").isEqualTo(422);
        assertThat(tooMany.body()).contains("已经有两个有效的密钥").doesNotContain("data-secret");
        token(first, "follow");
        token(second, "follow");
        admin.post(here + "/end-secret", Map.of("slot", "1"));
        admin.get(here);
        Program third = new Program(first.id(), secret(admin.shown(admin.post(here + "/rotate", Map.of()))));
        assertThat(ask(first, "grant_type=client_credentials&scope=follow").status()).as("the older of two").isEqualTo(401);
        token(second, "follow");
        token(third, "follow");
        assertThat(count("select count(*) from identity.api_secret where client = '" + first.id() + "'")).isEqualTo(2);

        execute("update identity.api_secret set created_at = created_at - interval '170 days', expires_at = expires_at - interval '170 days' where client = '" + first.id() + "'");
        assertThat(admin.get(here).body()).contains("没有 30 天以上有效期的密钥");
        assertThat(admin.get("/admin/clients").body()).contains("密钥即将到期");
        execute("update identity.api_secret set created_at = created_at - interval '20 days', expires_at = expires_at - interval '20 days' where client = '" + first.id() + "'");
        assertThat(ask(third, "grant_type=client_credentials&scope=follow").status()).as("too old").isEqualTo(401);

        assertThat(read(old, MATTERS).status()).isEqualTo(200);
        execute("update identity.api_token set expires_at = now() where client = '" + first.id() + "'");
        assertThat(read(old, MATTERS).status()).as("a token's time is over").isEqualTo(401);
        admin.get(here);
        String fresh = token(new Program(first.id(), secret(admin.shown(admin.post(here + "/rotate", Map.of())))), "follow");
        admin.get(here);
        admin.post(here + "/end", Map.of());
        assertThat(read(fresh, MATTERS).status()).isEqualTo(401);
        assertThat(admin.get(here).body()).contains("停用时间");
        assertThat(admin.shown(admin.post(here + "/rotate", Map.of())).body()).doesNotContain("data-secret");
        assertThat(count("select count(*) from identity.client_event where client = '" + first.id() + "' and actor is not null")).isEqualTo(7);
        assertThat(count("select count(*) from identity.api_secret s, identity.client_event e where s::text || e::text like '%hs\\_%'")).isZero();
    }

    @Test
    void areShownTheirSecretOnceAfterARedirectAndLoadingThePageAnewMakesNoOther() throws Exception {
        Program who = make("follow");
        String here = "/admin/clients/" + who.id();
        admin.get(here);
        Visitor.Answer rotated = admin.post(here + "/rotate", Map.of());
        assertThat(rotated.status()).isEqualTo(303);
        assertThat(rotated.location()).isEqualTo(here);
        String cookie = rotated.whole().headers().allValues("set-cookie").stream().filter(one -> one.startsWith("heshi-shown=")).findFirst().orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=" + here, "Max-Age=60");
        String sealed = cookie.substring("heshi-shown=".length(), cookie.indexOf(';'));
        assertThat(new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.ISO_8859_1)).as("sealed").doesNotContain("hs_");
        assertThat(admin.get("/admin/clients").body()).as("another page").doesNotContain("data-secret");
        String secret = secret(admin.get(here));
        assertThat(cookie + rotated.whole().headers().map()).doesNotContain(secret);
        assertThat(admin.get(here).body()).as("loaded anew").doesNotContain("data-secret");
        assertThat(count("select count(*) from identity.client_event where what = 'secret-made' and client = '" + who.id() + "'")).isEqualTo(2);
        token(new Program(who.id(), secret), "follow");

        Program other = make("follow");
        Visitor neighbour = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR));
        assertThat(neighbour.get(here, "Cookie", "heshi-shown=" + sealed).body()).as("another person").contains(who.id()).doesNotContain("data-secret");
        assertThat(admin.get("/admin/clients/" + other.id(), "Cookie", "heshi-shown=" + sealed).body()).as("another page").contains(other.id()).doesNotContain("data-secret");
        for (String forged : List.of("x", "AAAA", "!!", sealed.substring(4))) {
            assertThat(admin.get(here, "Cookie", "heshi-shown=" + forged).status()).isEqualTo(200);
        }
    }

    @Test
    void mayNothingAnyMoreWhenTheirUnitHasEnded() throws Exception {
        UUID unit = new People(context).in(UnitType.DEPARTMENT, "330681", Role.HANDLER).unit();
        Program who = makeFor(unit.toString(), "follow");
        String token = token(who, "follow");
        assertThat(read(token, MATTERS).status()).isEqualTo(200);
        assertThat(admin.get("/admin/clients/" + who.id()).body()).doesNotContain("所属单位已经撤销");
        execute("update directory.unit set ended_at = now() where id = '" + unit + "'");
        assertThat(read(token, MATTERS).status()).isEqualTo(401);
        assertThat(ask(who, "grant_type=client_credentials&scope=follow").status()).isEqualTo(401);
        assertThat(admin.get("/admin/clients/" + who.id()).body()).contains("所属单位已经撤销");
        assertThat(admin.get("/admin/clients").body()).contains("单位已撤销");
    }

    @Test
    void areNobodysBusinessOnAnotherGround() {
        Program ours = make("follow");
        Visitor neighbour = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330683", Role.ADMINISTRATOR));
        assertThat(neighbour.get("/admin/clients").body()).doesNotContain(ours.id());
        neighbour.get("/admin/clients/new");
        for (String what : List.of("/rotate", "/end-secret", "/end")) {
            assertThat(neighbour.post("/admin/clients/" + ours.id() + what, Map.of("slot", "1")).status()).as(what).isEqualTo(404);
        }
        assertThat(new Visitor(port).signedInAs(new People(context).with(Role.HEAD)).get("/admin/clients").status()).isEqualTo(403);
        token(ours, "follow");
    }

    @Test
    void arePlainOnPagesInBothLanguages() {
        People.Somebody somebody = new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR);
        for (boolean english : new boolean[] {false, true}) {
            Browser.Setup setup = english ? Browser.visit(port).wide().inEnglish() : Browser.visit(port).narrow().withoutScripts();
            try (Browser.Visit visit = setup.open().signedInAs(somebody)) {
                visit.go("/admin/clients");
                visit.check("clients" + english);
                visit.page().click("a[href='/admin/clients/new']");
                visit.page().click("form[action='/admin/clients/new'][method=post] .btn-primary");
                visit.check("client-refused" + english);
                visit.page().fill("#name", english ? "Mini-program" : "小程序");
                visit.page().click("form[action='/admin/clients/new'][method=post] .btn-primary");
                visit.check("client" + english);
                assertThat(visit.page().innerText("[data-secret]")).startsWith("hs_");
            }
        }
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
