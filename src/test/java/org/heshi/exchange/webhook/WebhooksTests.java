package org.heshi.exchange.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.heshi.ApiProgram;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.exchange.webhook.Receiver.Says;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters;
import org.heshi.matters.Standings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** From the administrator's page to another system that listens, over HTTP. */
@HeshiTest
class WebhooksTests {

    private static final Pattern SECRET = Pattern.compile("data-secret[^>]*>(whsec_[A-Za-z0-9+/=]+)<");
    private static final Pattern ID = Pattern.compile("action=\"/admin/webhooks/([0-9a-f-]{36})/end\"");
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;
    @Autowired
    Sender sender;
    @Autowired
    Sending sending;
    @Autowired
    Standings standings;
    @Autowired
    Offices offices;
    @Autowired
    Signatures signatures;
    @Autowired
    Endpoints endpoints;
    @Autowired
    TransactionTemplate transactions;

    private FollowedMatter hall;
    private ApiProgram program;

    @BeforeEach
    void somebody() {
        hall = FollowedMatter.inAVillage(context);
        program = ApiProgram.of(context, port, hall.desk().unit(), "report", "follow");
    }

    private record Hook(String id, String secret) {
    }

    private Visitor.Answer send(String what, String form) {
        program.admin().get("/admin/webhooks");
        return program.admin().postBody("/admin/webhooks" + what, "_csrf=" + URLEncoder.encode(program.admin().token(), StandardCharsets.UTF_8) + form, "application/x-www-form-urlencoded");
    }

    private Hook hook(Receiver receiver, boolean unit, String... events) {
        StringBuilder form = new StringBuilder("&client=" + program.id() + "&url=" + URLEncoder.encode(receiver.url("/in"), StandardCharsets.UTF_8) + (unit ? "&unit=on" : ""));
        List.of(events).forEach(event -> form.append("&events=").append(event));
        Visitor.Answer page = program.admin().shown(send("/new", form.toString()));
        Matcher id = ID.matcher(page.body());
        assertThat(id.find()).as(page.body()).isTrue();
        return new Hook(id.group(1), secret(page));
    }

    private static String secret(Visitor.Answer page) {
        Matcher secret = SECRET.matcher(page.body());
        assertThat(secret.find()).as(page.body()).isTrue();
        return secret.group(1).replace("&#43;", "+");
    }

    private String report(String title) {
        Visitor.Answer made = program.post("/api/v1/matters", UUID.randomUUID().toString(),
                "{\"title\":\"" + title + "\",\"description\":\"不该出现的内容\",\"place\":\"" + hall.place() + "\",\"name\":\"不该出现的姓名\",\"phone\":\"13900000001\"}");
        Matcher number = Pattern.compile("\"number\":\"([0-9]{13})\"").matcher(made.body());
        assertThat(number.find()).as(made.body()).isTrue();
        return number.group(1);
    }

    private static void until(java.util.function.BooleanSupplier so) {
        Receiver.until(so, SOON);
    }

    @Test
    void tellWhatAProgramReportedSignedAndInOrder() {
        try (Receiver receiver = new Receiver(_ -> Says.status(204))) {
            Hook hook = hook(receiver, false, "matter.begun", "matter.moved", "matter.entry");
            String number = report("灯不亮");
            UUID matter = hall.find(new org.heshi.kernel.MatterNumber(number));
            hall.takeToTheHandler(matter);
            hall.act(hall.desk(), matter, "note", Map.of("note", "只有办理单位看得到"));
            hall.answerAndClose(matter, "换好了");
            until(() -> receiver.got().stream().anyMatch(got -> got.json().path("data").path("action").asString().equals("verify")));
            List<Receiver.Got> got = receiver.got();
            assertThat(got).allMatch(one -> one.signedBy(hook.secret())).noneMatch(one -> one.signedBy("whsec_" + java.util.Base64.getEncoder().encodeToString(new byte[32])));
            assertThat(got).extracting(one -> one.json().path("data").path("seq").asInt()).isSorted();
            assertThat(got).extracting(Receiver.Got::id).doesNotHaveDuplicates().allMatch(id -> id.matches("msg_[0-9a-f-]{36}"));
            assertThat(got.getFirst().json().path("type").asString()).isEqualTo("matter.begun");
            assertThat(got).allMatch(one -> one.json().path("data").path("matter").asString().equals(number));
            // a note is for the units at work, and the program stands in the reporter's place
            assertThat(got).extracting(one -> one.json().path("data").path("action").asString()).contains("confirm", "sort", "accept", "answer").doesNotContain("note");
            // the beginning of the telephone number may stand by chance in the drawn number and in the time, nowhere else
            assertThat(got).extracting(one -> one.body().replace(number, "").replace(one.json().path("timestamp").asString(), ""))
                    .noneMatch(body -> body.contains("不该出现") || body.contains("灯") || body.contains("换好了") || body.contains("139"));
            String page = program.admin().get("/admin/webhooks/" + hook.id()).body();
            assertThat(page).contains("已送达").doesNotContain(number).doesNotContain(hook.secret());
        }
    }

    @Test
    void tellOfWhatTheirUnitHoldsOnlyWhereThatWasGivenAndNothingAboutTheirOwnOffice() throws Exception {
        try (Receiver own = new Receiver(_ -> Says.status(200)); Receiver whole = new Receiver(_ -> Says.status(200))) {
            hook(own, false, "matter.begun", "matter.moved", "matter.entry");
            hook(whole, true, "matter.begun", "matter.moved", "matter.entry");
            String others = hall.report(Map.of()).number().digits();
            String mine = report("我报的");
            until(() -> own.got().size() == 1 && whole.got().size() == 2);
            assertThat(own.got().getFirst().json().path("data").path("matter").asString()).isEqualTo(mine);
            assertThat(whole.got()).extracting(one -> one.json().path("data").path("matter").asString()).contains(others, mine);

            String about = report("关于本单位");
            until(() -> own.got().size() == 2);
            UUID matter = hall.find(new org.heshi.kernel.MatterNumber(about));
            execute("insert into matters.holding (matter, unit, relation, division_code) select m.id, '" + hall.desk().unit() + "', 'barred', m.division_code from matters.matter m where m.id = '" + matter + "'");
            String gone = report("要收起的");
            until(() -> own.got().size() == 3);
            UUID put = hall.find(new org.heshi.kernel.MatterNumber(gone));
            try {
                hall.act(hall.desk(), matter, "confirm", Map.of());
            } catch (RuntimeException | AssertionError _) {
                // the desk itself sees it no more
            }
            hall.act(hall.desk(), put, "confirm", Map.of());
            execute("update matters.matter set put_away_at = now() where id = '" + put + "'");
            String last = report("最后");
            until(() -> own.got().stream().anyMatch(one -> one.body().contains(last)));
            assertThat(own.got().stream().filter(one -> one.body().contains(about))).hasSize(1);
        }
    }

    private String own(ApiProgram who, Receiver receiver, boolean unit) {
        Visitor.Answer made = who.post("/api/v1/webhooks", UUID.randomUUID().toString(),
                "{\"url\":\"" + receiver.url("/own") + "\",\"events\":[\"matter.begun\",\"matter.moved\"],\"unit\":" + unit + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Matcher id = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"").matcher(made.body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static int does(ApiProgram who, String method, String path) {
        return who.send(who.request("/api/v1/webhooks/" + path).method(method, java.net.http.HttpRequest.BodyPublishers.noBody())).status();
    }

    private void dueNow(String endpoint) {
        try {
            execute("update exchange.delivery set due_at = now(), leased_until = null where endpoint = '" + endpoint + "' and state = 'waiting'");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofAProgramThatLostItsPostTellNoMoreOfWhatItsUnitHolds() throws Exception {
        program = ApiProgram.of(context, port, hall.desk().unit(), "report", "follow", "search", "webhooks").inPost(Role.WINDOW_CLERK);
        try (Receiver receiver = new Receiver(_ -> Says.status(200)); Receiver given = new Receiver(_ -> Says.status(200))) {
            String id = own(program, receiver, true);
            hook(given, true, "matter.begun");
            String first = hall.report(Map.of()).number().digits();
            until(() -> receiver.got().size() == 1);
            assertThat(receiver.got().getFirst().body()).contains(first);
            assertThat(does(program, "POST", id + "/pause")).isEqualTo(200);
            String waits = hall.report(Map.of()).number().digits();
            until(() -> given.got().size() == 2);
            String mine = report("我报的");
            until(() -> count("select count(*) from exchange.delivery where endpoint = '" + id + "' and state = 'waiting'") == 2);
            program.outOfPost();
            // taken in the moment of the pause, it would wait for its lease
            execute("update exchange.delivery set leased_until = null where endpoint = '" + id + "'");
            assertThat(does(program, "POST", id + "/resume")).isEqualTo(200);
            until(() -> {
                // an attempt that the pause came upon is made again some time later; not waited for here
                dueNow(id);
                return receiver.got().stream().anyMatch(got -> got.body().contains(mine));
            });
            until(() -> {
                dueNow(id);
                return count("select count(*) from exchange.delivery where endpoint = '" + id + "' and state = 'dropped'") == 1;
            });
            String later = hall.report(Map.of()).number().digits();
            // an administrator gave it this one, and ends it when it shall end
            until(() -> given.got().stream().anyMatch(got -> got.body().contains(later)));
            assertThat(receiver.got()).extracting(Receiver.Got::body).noneMatch(body -> body.contains(waits) || body.contains(later));
            assertThat(count("select count(*) from exchange.delivery where endpoint = '" + id + "' and number = '" + later + "'")).isZero();
        }
    }

    @Test
    void areKeptByWhoMadeAndByWhoPausedThem() {
        program = ApiProgram.of(context, port, hall.desk().unit(), "report", "follow", "webhooks");
        try (Receiver receiver = new Receiver(_ -> Says.status(200))) {
            String own = own(program, receiver, false);
            String given = hook(receiver, false, "matter.begun").id();
            assertThat(does(program, "POST", own + "/pause")).isEqualTo(200);
            assertThat(does(program, "POST", own + "/resume")).as("its own pause").isEqualTo(200);
            assertThat(does(program, "POST", own + "/pause")).isEqualTo(200);
            String page = program.admin().get("/admin/webhooks/" + own).body();
            assertThat(page).as("its own doing").containsPattern("登记</dt>\\s*<dd[^>]*>[^<]*系统").containsPattern("最近一次暂停</dt>\\s*<dd[^>]*>[^<]*系统");
            send("/" + own + "/pause", "");
            assertThat(program.admin().get("/admin/webhooks/" + own).body()).as("an administrator's").containsPattern("最近一次暂停</dt>\\s*<dd[^>]*>[^<]*[0-9:]{5} (?!系统)[^<]+<");
            assertThat(program.admin().get("/admin/webhooks").body()).contains("最近一次暂停");
            assertThat(does(program, "POST", own + "/resume")).as("an administrator's pause, over its own").isEqualTo(403);
            assertThat(program.get("/api/v1/webhooks/" + own).body()).contains("\"paused\"");
            send("/" + own + "/resume", "");
            assertThat(program.get("/api/v1/webhooks/" + own).body()).contains("\"active\"");
            assertThat(program.admin().get("/admin/webhooks/" + own).body()).contains("最近一次恢复").doesNotContain("最近一次暂停");
            assertThat(does(program, "POST", own + "/rotate")).isEqualTo(200);
            assertThat(does(program, "POST", given + "/rotate")).as("an administrator made it").isEqualTo(403);
            assertThat(does(program, "DELETE", given)).isEqualTo(403);
            assertThat(program.get("/api/v1/webhooks/" + given).body()).contains("\"active\"");
            assertThat(does(program, "DELETE", own)).isEqualTo(204);
        }
    }

    @Test
    void tryAgainUnderTheSameIdAndLetOthersPassMeanwhile() {
        AtomicBoolean stubborn = new AtomicBoolean(true);
        Map<String, Boolean> refused = new java.util.concurrent.ConcurrentHashMap<>();
        try (Receiver receiver = new Receiver(got -> {
            String number = got.json().path("data").path("matter").asString();
            return Says.status(stubborn.get() && refused.containsKey(number) ? 500 : 200);
        })) {
            hook(receiver, false, "matter.begun", "matter.moved", "matter.entry");
            String first = report("第一件");
            until(() -> receiver.taken().size() == 1);
            refused.put(first, true);
            UUID matter = hall.find(new org.heshi.kernel.MatterNumber(first));
            hall.act(hall.desk(), matter, "confirm", Map.of());
            hall.act(hall.desk(), matter, "ask", Map.of("question", "在哪里？"));
            until(() -> receiver.got().stream().anyMatch(one -> one.answered() == 500));
            String second = report("第二件");
            until(() -> receiver.taken().stream().anyMatch(one -> one.body().contains(second)));
            assertThat(receiver.got().stream().filter(one -> one.body().contains("\"ask\""))).as("the later waits for the earlier").isEmpty();
            stubborn.set(false);
            until(() -> receiver.taken().stream().anyMatch(one -> one.body().contains("\"ask\"")));
            List<Receiver.Got> confirms = receiver.got().stream().filter(one -> one.body().contains("\"confirm\"")).toList();
            assertThat(confirms).hasSizeGreaterThan(1).extracting(Receiver.Got::id).containsOnly(confirms.getFirst().id());
            assertThat(confirms).extracting(Receiver.Got::body).containsOnly(confirms.getFirst().body());
        }
    }

    @Test
    void followNoRedirect() {
        AtomicInteger elsewhere = new AtomicInteger();
        try (Receiver other = new Receiver(_ -> {
            elsewhere.incrementAndGet();
            return Says.status(200);
        }); Receiver receiver = new Receiver(_ -> new Says(307, Map.of("Location", other.url("/there")), Duration.ZERO))) {
            Hook hook = hook(receiver, false, "matter.begun");
            report("转到别处");
            until(() -> !receiver.got().isEmpty());
            until(() -> program.admin().get("/admin/webhooks/" + hook.id()).body().contains("不跟随"));
            assertThat(elsewhere).hasValue(0);
        }
    }

    @Test
    void endWhereTheOtherSideWantsNoMoreAndSendDeadLettersAgain() {
        AtomicBoolean gone = new AtomicBoolean(true);
        try (Receiver receiver = new Receiver(_ -> Says.status(gone.get() ? 410 : 200))) {
            Hook hook = hook(receiver, false, "matter.begun");
            report("没有人要");
            until(() -> program.admin().get("/admin/webhooks/" + hook.id()).body().contains("已停止推送"));
            gone.set(false);
            assertThat(receiver.got()).hasSize(1);
            assertThat(send("/" + hook.id() + "/test", "").status()).isEqualTo(303);
            assertThat(send("/" + hook.id() + "/resume", "").status()).isEqualTo(303);
            Matcher dead = Pattern.compile("name=\"delivery\" value=\"([0-9a-f-]{36})\"").matcher(program.admin().get("/admin/webhooks/" + hook.id()).body());
            assertThat(dead.find()).isTrue();
            assertThat(send("/" + hook.id() + "/replay", "&delivery=" + dead.group(1)).status()).isEqualTo(303);
            until(() -> !receiver.taken().isEmpty());
            assertThat(receiver.taken().getFirst().id()).isEqualTo("msg_" + dead.group(1)).isEqualTo(receiver.got().getFirst().id());
        }
    }

    @Test
    void signWithBothSecretsWhileOneTakesTheOthersPlace() {
        try (Receiver receiver = new Receiver(_ -> Says.status(200))) {
            Hook hook = hook(receiver, false, "matter.begun");
            String fresh = secret(program.admin().shown(send("/" + hook.id() + "/rotate", "")));
            assertThat(program.admin().get("/admin/webhooks/" + hook.id()).body()).as("shown once; loaded anew it makes no other").doesNotContain("data-secret");
            assertThat(send("/" + hook.id() + "/test", "").status()).isEqualTo(303);
            until(() -> receiver.got().stream().anyMatch(got -> got.json().path("type").asString().equals("test.ping")));
            Receiver.Got got = receiver.got().getFirst();
            assertThat(got.signedBy(hook.secret())).isTrue();
            assertThat(got.signedBy(fresh)).isTrue();
            assertThat(fresh).isNotEqualTo(hook.secret());
        }
    }

    @Test
    void waitWhilePausedAndForgetWhatIsErased() throws Exception {
        try (Receiver receiver = new Receiver(_ -> Says.status(200))) {
            Hook hook = hook(receiver, false, "matter.begun");
            send("/" + hook.id() + "/pause", "");
            report("暂停期间");
            until(() -> count("select count(*) from exchange.delivery where endpoint = '" + hook.id() + "' and state = 'waiting'") == 1);
            assertThat(receiver.got()).isEmpty();
            send("/" + hook.id() + "/resume", "");
            until(() -> receiver.got().size() == 1);
            send("/" + hook.id() + "/end", "");
            assertThat(program.admin().get("/admin/webhooks/" + hook.id()).status()).isEqualTo(404);
            assertThat(count("select count(*) from exchange.endpoint where id = '" + hook.id() + "' and secret is null")).isEqualTo(1);
        }
    }

    @Test
    void refuseWhatCannotBeAndShowsNothingToOthers() {
        for (String url : List.of("http://10.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data", "ftp://x/", "https://[fd00:ec2::254]/", "https://user@example.org/", "")) {
            Visitor.Answer answer = send("/new", "&client=" + program.id() + "&events=matter.begun&url=" + URLEncoder.encode(url, StandardCharsets.UTF_8));
            assertThat(answer.status()).as(url).isEqualTo(422);
        }
        assertThat(send("/new", "&client=" + UUID.randomUUID() + "&events=matter.begun&url=https%3A%2F%2Fexample.org").body()).contains("请选择一个接入程序");
        assertThat(send("/new", "&client=" + program.id() + "&events=everything&url=https%3A%2F%2Fexample.org").status()).isEqualTo(422);
        assertThat(send("/new", "&client=" + program.id() + "&events=order.result&url=https%3A%2F%2Fexample.org").body()).contains("交换工单");
        try (Receiver receiver = new Receiver(_ -> Says.status(200))) {
            Hook hook = hook(receiver, false, "matter.begun");
            Visitor.Answer twice = send("/new", "&client=" + program.id() + "&events=matter.begun&url=" + URLEncoder.encode(receiver.url("/in"), StandardCharsets.UTF_8));
            assertThat(twice.status()).as("sent twice, as by a page that is loaded anew").isEqualTo(422);
            assertThat(twice.body()).contains("更换密钥");
            Visitor neighbour = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330683", Role.ADMINISTRATOR));
            assertThat(neighbour.get("/admin/webhooks").body()).doesNotContain(hook.id());
            assertThat(neighbour.get("/admin/webhooks/" + hook.id()).status()).isEqualTo(404);
            for (String what : List.of("/rotate", "/pause", "/resume", "/test", "/replay", "/end")) {
                neighbour.get("/admin/webhooks");
                assertThat(neighbour.post("/admin/webhooks/" + hook.id() + what, Map.of()).status()).as(what).isEqualTo(404);
            }
            assertThat(new Visitor(port).signedInAs(new People(context).with(Role.HEAD)).get("/admin/webhooks").status()).isEqualTo(403);
        }
    }

    /** Says nothing, says a byte at a time, or says too much: each for as long as it likes. */
    @Test
    void loseNothingToWhoHangsOrTricklesOrNeverStops() throws Exception {
        Targets targets = new Targets(List.of(), true, InetAddress::getAllByName);
        try (Wire wire = new Wire(targets, (SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(500), Duration.ofMillis(900));
                Liar silent = new Liar(out -> Thread.sleep(60_000));
                Liar trickles = new Liar(out -> {
                    for (byte one : "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n".getBytes(StandardCharsets.US_ASCII)) {
                        out.write(one);
                        out.flush();
                        Thread.sleep(60);
                    }
                });
                Liar endless = new Liar(out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    byte[] much = new byte[65_536];
                    while (true) {
                        out.write(much);
                    }
                });
                Liar headers = new Liar(out -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write("X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                });
                Liar other = new Liar(out -> out.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                Liar ends = new Liar(_ -> { })) {
            long start = System.nanoTime();
            assertThat(wire.post(silent.url(), Map.of(), new byte[]{1})).isEqualTo(new Wire.Went.Failed("too-slow"));
            assertThat(wire.post(trickles.url(), Map.of(), new byte[]{1})).isEqualTo(new Wire.Went.Failed("too-slow"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(wire.post(endless.url(), Map.of(), new byte[]{1})).as("what comes after the status is not read").isInstanceOf(Wire.Went.Answered.class);
            assertThat(wire.post(headers.url(), Map.of(), new byte[]{1})).isEqualTo(new Wire.Went.Failed("no-answer"));
            assertThat(wire.post(other.url(), Map.of(), new byte[]{1})).isEqualTo(new Wire.Went.Failed("no-answer"));
            assertThat(wire.post(ends.url(), Map.of(), new byte[]{1})).isEqualTo(new Wire.Went.Failed("no-answer"));
            assertThat(wire.post(URI.create("http://127.0.0.1:1/"), Map.of(), new byte[]{1})).isEqualTo(new Wire.Went.Failed("no-connection"));
            assertThat(wire.post(URI.create(ends.url().toString().replace("http:", "https:")), Map.of(), new byte[]{1})).isInstanceOf(Wire.Went.Failed.class);
        }
    }

    private interface Lie {
        void tell(java.io.OutputStream out) throws IOException, InterruptedException;
    }

    private static final class Liar implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        Liar(Lie lie) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try {
                        Socket socket = door.accept();
                        Thread.ofVirtual().start(() -> {
                            try (socket) {
                                socket.getInputStream().read(new byte[8_192]);
                                lie.tell(socket.getOutputStream());
                            } catch (IOException | InterruptedException _) {
                                // the other side hung up
                            }
                        });
                    } catch (IOException _) {
                        return;
                    }
                }
            });
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + door.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    /** Two processes, a receiver that fails as it likes, one process that is killed in the middle: every event at least once, under one id, and of each matter in order. */
    @Test
    void deliverInOrderPerMatterWhateverFailsAndWhoeverDies() throws Exception {
        sender.stop();
        List<Sender> started = new ArrayList<>();
        try {
            for (long seed : new long[]{System.nanoTime(), 7, 20_261_123}) {
                Random chance = new Random(seed);
                double fails = chance.nextDouble() * 0.6;
                try (Receiver receiver = new Receiver(_ -> new Says(chance.nextDouble() < fails ? new int[]{500, 503, 404, 301}[chance.nextInt(4)] : 200, Map.of(), Duration.ofMillis(chance.nextInt(4))))) {
                    UUID endpoint = endpoints.make(UUID.fromString(program.id()), new Wish(java.util.Optional.of(URI.create(receiver.url("/in"))), Set.of("test.ping"), false, List.of()), false, null).id();
                    int matters = 5;
                    int events = 12;
                    plant(endpoint, matters, events, chance);
                    Sender first = process();
                    Sender second = process();
                    started.addAll(List.of(first, second));
                    first.start();
                    second.start();
                    until(() -> receiver.taken().size() > matters * events / 4);
                    // killed: what it sends is noted by nobody, and its lease runs out
                    first.stop();
                    execute("update exchange.delivery set leased_until = now() where endpoint = '" + endpoint + "' and state = 'waiting' and leased_until is not null");
                    until(() -> count("select count(*) from exchange.delivery where endpoint = '" + endpoint + "' and state = 'waiting'") == 0);
                    second.stop();
                    assertThat(count("select count(*) from exchange.delivery where endpoint = '" + endpoint + "' and state = 'sent'")).as("seed " + seed).isEqualTo(matters * events);
                    Map<String, Integer> last = new HashMap<>();
                    Map<String, String> ids = new HashMap<>();
                    for (Receiver.Got got : receiver.taken()) {
                        String matter = got.json().path("data").path("matter").asString();
                        int seq = got.json().path("data").path("seq").asInt();
                        String before = ids.put(matter + " " + seq, got.id());
                        assertThat(before == null || before.equals(got.id())).isTrue();
                        if (before == null) {
                            assertThat(seq).as("seed " + seed + ", matter " + matter).isEqualTo(last.getOrDefault(matter, 0) + 1);
                            last.put(matter, seq);
                        }
                    }
                    assertThat(ids).hasSize(matters * events);
                }
            }
        } finally {
            started.forEach(Sender::stop);
            sender.start();
        }
    }

    private Sender process() {
        Schedule quick = new Schedule(java.util.Collections.nCopies(200, Duration.ofMillis(5)), Duration.ofDays(1), Duration.ZERO);
        return new Sender(sending, standings, offices, signatures, List.of(), transactions, context.getBean(InstantSource.class), quick,
                () -> new Wire(new Targets(List.of(), true, InetAddress::getAllByName), (SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    private void plant(UUID endpoint, int matters, int events, Random chance) throws Exception {
        List<String> rows = new ArrayList<>();
        for (int m = 0; m < matters; m++) {
            Matters.Answer.Done made = hall.report(Map.of());
            for (int seq = 1; seq <= events; seq++) {
                rows.add("('" + UUID.randomUUID() + "', '" + endpoint + "', 'matter.entry', '" + made.matter() + "', " + (1_000_000_000L + (long) seq * matters + m) + ", " + seq + ", '" + made.number().digits()
                        + "', 'service', 'note', 'handling', now(), 'waiting', now() - interval '1 hour')");
            }
        }
        java.util.Collections.shuffle(rows, chance);
        execute("insert into exchange.delivery (id, endpoint, type, matter, position, seq, number, kind, action, to_state, at, state, due_at) values " + String.join(", ", rows));
    }

    @Test
    void pagesAreForEverybody() {
        try (Receiver receiver = new Receiver(_ -> Says.status(500)); var visit = Browser.visit(port).narrow().open()) {
            Hook hook = hook(receiver, false, "matter.begun");
            report("页面");
            until(() -> !receiver.got().isEmpty());
            visit.signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR));
            visit.go("/admin/webhooks");
            visit.check("webhooks");
            visit.go("/admin/webhooks/new");
            visit.check("webhook-new");
            visit.go("/admin/webhooks/" + hook.id());
            visit.check("webhook");
        }
    }

    private long count(String sql) {
        try (var c = SuperuserConnection.open(context); var s = c.createStatement(); ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sender writes the same rows, in another order: who meets it does it once more. */
    private void execute(String sql) throws Exception {
        for (int tries = 1; ; tries++) {
            try (var c = SuperuserConnection.open(context); var s = c.createStatement()) {
                s.execute(sql);
                return;
            } catch (java.sql.SQLException e) {
                if (!"40P01".equals(e.getSQLState()) || tries == 5) {
                    throw e;
                }
            }
        }
    }
}
