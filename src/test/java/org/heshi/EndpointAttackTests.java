package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.County.Member;
import org.heshi.Endpoints.Endpoint;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Everything that attackers try first, against every address: as nobody, as a resident inside a matter, in each role, and with a post that has ended.
 * Nothing fails inside, nothing inside is shown, nothing of another's matter comes out, nobody is led to another host, and every answer comes in time.
 * With {@code -Dheshi.full=true} everybody tries everything everywhere, in all its variants. Otherwise everybody tries another's ids at each address; each other kind of attack
 * is tried at each address by somebody, in some of its variants, and neighbouring addresses get the others: each variant comes to one address in so many.
 */
@HeshiTest
class EndpointAttackTests {

    /** The county's own sign-in lies elsewhere; only these lead there, and only to where the setting says. */
    private static final Pattern TO_PROVIDER = Pattern.compile(": POST /(sign-in/provider|confirm/provider|account/provider/bind)\\b");
    private static final Pattern AT_PROVIDER = Pattern.compile("^http://127\\.0\\.0\\.1:\\d+/oauth2/authorize\\?response_type=code&client_id=heshi&");
    private static final boolean FULL = Boolean.getBoolean("heshi.full");
    private static final Duration BOUND = Duration.ofSeconds(15);

    /** What no reader should ever see: names of our code and of what it is made of, traces, statements. */
    private static final Pattern INSIDE = Pattern.compile("org\\.heshi|org\\.springframework|org\\.apache|org\\.postgresql|java\\.(lang|util|io|sql)\\.|jakarta\\.|"
            + "\\bat [a-z.]+\\([A-Za-z]+\\.java|Exception\\b|SQLSTATE|PSQLEx|select .{1,80} from [a-z]+\\.[a-z]|jdbc:|Whitelabel|Apache Tomcat|heshi_app|StackTrace");
    /** One of these stands in whatever {@link #INSIDE} finds: to look for them takes a tenth of the time. */
    private static final List<String> SIGNS_OF_INSIDE = List.of("org.", "java.", "jakarta.", ".java", "Exception", "SQLSTATE", "PSQLEx", " from ", "jdbc:", "Whitelabel",
            "Apache Tomcat", "heshi_app", "StackTrace");
    /** Those end the visit, and with it the attack. */
    private static final Set<String> ENDINGS = Set.of("/sign-out", "/follow/leave", "/account/visits/end-others");

    private static final String PLANTED = "x%0d%0aSet-Cookie:%20planted=1%0d%0a%0d%0aplanted-body";
    private static final List<String> TEMPLATES = List.of("${1337*1338}", "#{1337*1338}", "{{1337*1338}}", "<%= 1337*1338 %>", "*{1337*1338}", "@(1337*1338)",
            "__${1337*1338}__::.x", "{0}{1}{9}", "%s%n%x", "${jndi:ldap://127.0.0.1:1/x}", "';select pg_sleep(20)--", "1 or 1=1", "<script>x</script>",
            "../../../../etc/passwd", "\uD800", "\u202e", "-1", "99999999999999999999", "2026-02-30", "[]", "null");
    private static final String LAUGHS = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">"
            + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><l>&c;&f;</l>";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    RequestMappingHandlerMapping mapping;
    @Autowired
    Matters matters;

    private County ours;
    private County theirs;
    private List<Endpoint> endpoints;
    /** Words of another's matter, which none of the attackers may read. */
    private List<String> secrets;
    private Map<String, String> another;
    private Map<String, String> own;
    private Answer.Done mine;
    private final Map<String, Visitor> attackers = new LinkedHashMap<>();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cells = new AtomicInteger();

    @BeforeEach
    void twoCountiesWithAMatterEach() {
        endpoints = Endpoints.of(mapping);
        ours = County.make(context);
        theirs = County.make(context);
        String mark = UUID.randomUUID().toString().substring(0, 8);
        secrets = List.of("秘密标题" + mark, "秘密经过" + mark, "秘密姓名" + mark, "1390571" + mark.replaceAll("[^0-9]", "").concat("0000").substring(0, 4));
        Answer.Done secret = report(theirs, secrets.get(0), secrets.get(1), Map.of("name", secrets.get(2), "phone", secrets.get(3)));
        mine = report(ours, "自己的标题" + mark, "自己的经过", Map.of());
        another = fillers(secret, theirs, theirs.handler);
        own = fillers(mine, ours, ours.handler);

        attackers.put("nobody", new Visitor(port));
        attackers.get("nobody").get("/sign-in");
    }

    /** A sign-in costs a fifth of a second; only one of the tests needs them all. */
    private void everybodyComes() {
        Visitor resident = new Visitor(port);
        resident.get("/follow");
        assertThat(resident.post("/follow", Map.of("number", mine.number().digits(), "code", mine.code().orElseThrow())).status()).isEqualTo(303);
        attackers.put("a resident", resident);
        for (Role role : Role.values()) {
            attackers.put(role.code(), ours.signedIn(new Visitor(port), ours.hire(ours.centre, "attack-" + role.code(), role)));
        }
        Member ended = ours.hire(ours.centre, "attack-ended", Role.values());
        attackers.put("an ended post", ours.signedIn(new Visitor(port), ended));
        ours.end(ended);
        attackers.values().forEach(visitor -> visitor.get("/sign-in"));
    }

    private Answer.Done report(County county, String title, String words, Map<String, Object> more) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("title", title, "description", words, "place", county.villageA));
        input.putAll(more);
        Answer answer = Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, UUID.randomUUID().toString())));
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return (Answer.Done) answer;
    }

    private static Map<String, String> fillers(Answer.Done done, County county, Member member) {
        return Map.ofEntries(Map.entry("number", done.number().digits()), Map.entry("id", done.matter().toString()), Map.entry("unit", county.roads.id().toString()),
                Map.entry("post", member.post().toString()), Map.entry("person", member.person().toString()), Map.entry("attachment", done.matter().toString()),
                Map.entry("kind", "intake"), Map.entry("action", "note"), Map.entry("name", "add"), Map.entry("code", county.villageA), Map.entry("seq", "1"));
    }

    // ---- what is tried

    /** Builds one request, or none where it makes no sense. */
    @FunctionalInterface
    private interface Attack {
        List<HttpRequest.Builder> at(Endpoint endpoint, Visitor visitor);
    }

    private Map<String, Attack> attacks() {
        Map<String, Attack> all = new LinkedHashMap<>();
        // of many ways of one kind each address gets some, and neighbours get others; all of them in the full run
        all.put("another's ids", (e, v) -> e.hasVariable() || !e.parameters().isEmpty()
                ? List.of(request(e, v, e.path(another), e.parameters().stream().map(p -> p + "=" + another.getOrDefault(p, another.get("id"))).toList())) : List.of());
        all.put("no parameters", (e, v) -> List.of(request(e, v, e.path(own), List.of())));
        all.put("doubled parameters", (e, v) -> {
            List<String> twice = new ArrayList<>();
            names(e).forEach(p -> twice.addAll(List.of(p + "=1", p + "=" + another.getOrDefault(p, "2"), p + "[]=3", p + ".x=4")));
            return List.of(request(e, v, e.path(own) + (e.reads() ? "" : "?" + String.join("&", twice)), twice));
        });
        all.put("line breaks", (e, v) -> List.of(request(e, v, e.path(own), names(e).stream().map(p -> p + "=" + PLANTED).toList()),
                request(e, v, e.path(Map.of("number", PLANTED, "id", PLANTED, "code", PLANTED, "kind", PLANTED, "action", PLANTED, "name", PLANTED, "seq", PLANTED)),
                        List.of(PLANTED + "=1"))));
        all.put("other hosts", (e, v) -> List.of("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/%09/elsewhere.example",
                        "/;@elsewhere.example", "javascript:alert(1)").stream()
                .map(to -> request(e, v, e.path(own), names(e).stream().map(p -> p + "=" + encoded(to)).toList())
                        .setHeader("Referer", "https://elsewhere.example//elsewhere.example/x")
                        .setHeader("X-Forwarded-Host", "elsewhere.example").setHeader("X-Forwarded-Proto", "https").setHeader("Forwarded", "host=elsewhere.example"))
                .filter(turnOf(e, 6)).toList());
        all.put("what templates compute", (e, v) -> {
            return TEMPLATES.stream().filter(turnOf(e, TEMPLATES.size()))
                    .map(text -> request(e, v, e.hasVariable() && text.matches("[ -.0-~]*") ? e.pattern().replaceAll("\\{[^}]*}", encoded(text)) : e.path(own),
                            names(e).stream().map(p -> p + "=" + encoded(text)).toList())).toList();
        });
        all.put("wrong methods", (e, v) -> List.of("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", e.reads() ? "POST" : "GET", "PROPFIND").stream()
                .filter(turnOf(e, 5)).map(method -> base(v, e.path(own)).method(method, HttpRequest.BodyPublishers.noBody())).toList());
        all.put("wrong types", (e, v) -> e.reads() ? List.of(base(v, e.path(own)).GET().setHeader("Accept", "application/xml;q=x, ../../x, */*;q=-1"),
                base(v, e.path(own)).GET().setHeader("Accept", "application/json"))
                : List.of("application/json|{\"number\":{\"$gt\":\"\"},\"id\":[[[[]]]]}", "application/xml|" + LAUGHS, "text/xml|" + LAUGHS,
                        "multipart/form-data; boundary=x|--x\r\nContent-Disposition: form-data; name=\"id\"; filename=\"../../x.svg\"\r\nContent-Type: image/svg+xml\r\n\r\n"
                                + "<svg onload=alert(1)>\r\n--x\r\nContent-Disposition: form-data", "multipart/form-data|no boundary",
                        "application/octet-stream|\u0000\u0001", "application/x-java-serialized-object|\u00ac\u00ed\u0000\u0005sr", "text/plain;charset=no-such|x",
                        "application/x-www-form-urlencoded;charset=UTF-16|a=b", "application/x-www-form-urlencoded|a=%zz&%=&&&=;==").stream()
                .filter(turnOf(e, 5)).map(what -> base(v, e.path(own)).setHeader("Content-Type", what.substring(0, what.indexOf('|'))).method(e.method().name(),
                        HttpRequest.BodyPublishers.ofString(what.substring(what.indexOf('|') + 1), StandardCharsets.ISO_8859_1))).toList());
        all.put("tricks in the path", (e, v) -> {
            String path = e.path(another);
            return List.of(path + "/", path + "/..;/" + path, path + ";jsessionid=1;x=y", "/help/.." + path, "/help/%2e%2e" + path, "/report/..%2f.." + path, "//" + path.substring(1),
                    "/%2e/" + path.substring(1), path + "%00", path + "%00.css", path + "/x.css", path + ".json", path + "%2f", path + "%5c", "/static/..%5c.." + path,
                    path.toUpperCase(java.util.Locale.ROOT), path + "/" + "a".repeat(6_000), "/heshi.css/.." + path, "/webjars/..;" + path, path.replace("/", "/./"),
                    "/%61dmin" + path, path.length() < 2 ? "/%2e" : "/%%%02x".formatted((int) path.charAt(1)) + path.substring(2)).stream()
                    .filter(turnOf(e, 8)).map(p -> base(v, p).method(e.method().name(), HttpRequest.BodyPublishers.noBody())).toList();
        });
        all.put("many parameters", (e, v) -> {
            String many = "a=1&".repeat(5_000);
            return List.of(e.reads() ? base(v, e.path(own) + "?" + "a=1&".repeat(1_500)).GET()
                    : base(v, e.path(own)).setHeader("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(many)));
        });
        return all;
    }

    /** Every so manieth, from another first one on at each address. */
    private <T> Predicate<T> turnOf(Endpoint endpoint, int every) {
        AtomicInteger at = new AtomicInteger(endpoints.indexOf(endpoint));
        return _ -> FULL || at.getAndIncrement() % every == 0;
    }

    private static List<String> names(Endpoint endpoint) {
        List<String> names = new ArrayList<>(endpoint.parameters());
        for (String often : List.of("to", "number", "code", "q", "after", "state", "form.version", "form.key", "find", "id", "place")) {
            if (!names.contains(often)) {
                names.add(often);
            }
        }
        return names;
    }

    private HttpRequest.Builder request(Endpoint endpoint, Visitor visitor, String path, List<String> pairs) {
        String query = String.join("&", pairs);
        if (endpoint.reads()) {
            return base(visitor, query.isEmpty() ? path : path + "?" + query).GET();
        }
        return base(visitor, path).setHeader("Content-Type", "application/x-www-form-urlencoded").method(endpoint.method().name(),
                HttpRequest.BodyPublishers.ofString(query));
    }

    /** With the token of a form, so that what is tried comes past that guard. */
    private HttpRequest.Builder base(Visitor visitor, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("X-XSRF-TOKEN", visitor.token()).timeout(BOUND.plusSeconds(15));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // ---- what is asked of every answer

    private void tried(String what, String who, HttpRequest.Builder request, Visitor visitor) {
        HttpRequest built = request.build();
        long began = System.nanoTime();
        Visitor.Answer answer;
        try {
            answer = visitor.send(request);
        } catch (java.io.UncheckedIOException e) {
            found.add(said(what, who, built) + " broke the connection: " + e.getMessage());
            return;
        }
        cells.incrementAndGet();
        judge(said(what, who, built), answer, Duration.ofNanos(System.nanoTime() - began));
    }

    private static String said(String what, String who, HttpRequest request) {
        String address = request.uri().toString().replaceFirst("http://[^/]*", "");
        return who + ", " + what + ": " + request.method() + " " + address.substring(0, Math.min(200, address.length()));
    }

    private void judge(String said, Visitor.Answer answer, Duration took) {
        String body = answer.body();
        if (answer.status() >= 500 && answer.status() != 501) {
            found.add(said + " answered " + answer.status());
        }
        var inside = INSIDE.matcher(body);
        if (SIGNS_OF_INSIDE.stream().anyMatch(body::contains) && inside.find()) {
            found.add(said + " showed " + inside.group());
        }
        secrets.stream().filter(secret -> body.contains(secret)).findFirst().ifPresent(secret -> found.add(said + " gave away " + secret));
        if (body.contains("1788906") || body.contains("root:x:0") || body.contains("hahahahaha")) {
            found.add(said + " computed or read what it was sent");
        }
        answer.whole().headers().map().forEach((name, values) -> {
            if (name.contains("planted") || values.stream().anyMatch(value -> value.startsWith("planted="))) {
                found.add(said + " set a header that was planted");
            }
        });
        for (String header : List.of("location", "hx-redirect", "refresh", "content-location", "hx-location")) {
            answer.header(header).filter(to -> !local(to) && !(TO_PROVIDER.matcher(said).find() && AT_PROVIDER.matcher(to).find()))
                    .ifPresent(to -> found.add(said + " led to " + to));
        }
        if (took.compareTo(BOUND) > 0) {
            found.add(said + " took " + took);
        }
    }

    private boolean local(String to) {
        String path = to.startsWith("http://127.0.0.1:" + port + "/") ? to.substring(("http://127.0.0.1:" + port).length()) : to;
        return path.startsWith("/") && !path.startsWith("//") && !path.startsWith("/\\") && path.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    @Test
    void givesNothingAwayWhateverIsTriedWhereverByWhomever() throws InterruptedException {
        everybodyComes();
        Map<String, Attack> attacks = attacks();
        List<String> kinds = List.copyOf(attacks.keySet());
        try (ExecutorService together = Executors.newFixedThreadPool(4)) {
            int place = 0;
            for (Map.Entry<String, Visitor> attacker : attackers.entrySet()) {
                int turn = place++;
                together.submit(() -> {
                    for (int i = 0; i < endpoints.size(); i++) {
                        Endpoint endpoint = endpoints.get(i);
                        for (int kind = 0; kind < kinds.size(); kind++) {
                            boolean always = kind == 0 || turn < 2 && kind < 2;
                            if (ENDINGS.contains(endpoint.pattern()) || !FULL && !always && (i + kind) % attackers.size() != turn) {
                                continue;
                            }
                            for (HttpRequest.Builder request : attacks.get(kinds.get(kind)).at(endpoint, attacker.getValue())) {
                                tried(kinds.get(kind), attacker.getKey(), request, attacker.getValue());
                            }
                        }
                    }
                });
            }
        }
        System.out.println("attacks on endpoints: " + cells + " cells, " + endpoints.size() + " addresses, " + attackers.size() + " attackers, " + kinds.size() + " kinds");
        assertThat(found.stream().limit(60).toList()).isEmpty();
        assertThat(cells.get()).isGreaterThan(3_000);
        assertThat(attackers.get("a resident").get("/follow/" + own.get("number")).body()).as("the visits went on through it all").contains("自己的标题");
        assertThat(attackers.get(Role.WINDOW_CLERK.code()).get("/account").status()).isEqualTo(200);
    }

    @Test
    void wouldNoticeWhatItLooksFor() {
        secrets = List.of("看得见");
        tried("planted", "nobody", base(attackers.get("nobody"), "/report/test-fault").GET(), attackers.get("nobody"));
        tried("planted", "nobody", base(attackers.get("nobody"), "/report/test-leak").GET(), attackers.get("nobody"));
        assertThat(found).anyMatch(f -> f.contains("answered 500")).anyMatch(f -> f.contains("gave away")).anyMatch(f -> f.contains("showed org.heshi"))
                .anyMatch(f -> f.contains("computed")).anyMatch(f -> f.contains("led to https://elsewhere.example"));
    }

    @Test
    void servesNoFileOfTheFolder() {
        Visitor nobody = attackers.get("nobody");
        for (String path : List.of("/.git/config", "/pom.xml", "/application.yaml", "/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/webjars/", "/messages/site_en.properties",
                "/db/matters/V1__matter_and_log.sql", "/data/code.key", "/actuator", "/actuator/env", "/h2-console", "/swagger-ui.html", "/v3/api-docs", "/heshi.js/../application.yaml",
                "/webjars/..%2f..%2fapplication.yaml", "/webjars/%2e%2e/%2e%2e/application.yaml", "/static/", "/proof/check.html/../../application.yaml", "/server-status")) {
            Visitor.Answer answer = nobody.send(base(nobody, path).GET());
            assertThat(answer.status()).as(path).isIn(302, 400, 404);
            assertThat(answer.location()).as(path).matches("|/sign-in.*");
        }
    }

    // ---- below the pages

    @Test
    void refusesGreatBodiesWithoutKeepingThem() throws Exception {
        Visitor nobody = attackers.get("nobody");
        for (String path : List.of("/sign-in", "/follow", "/report", "/say/x", "/sign-in/step", "/first/x", "/matters/1/act/note")) {
            for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json")) {
                String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\nContent-Length: 250000000\r\n\r\n";
                assertThat(raw(head.getBytes(StandardCharsets.ISO_8859_1), Duration.ofSeconds(30))).as(path + " " + type).matches("(?s)HTTP/1.1 (413|403|400|302|415).*");
            }
        }
        String chunks = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(raw(chunks.getBytes(StandardCharsets.ISO_8859_1), Duration.ofSeconds(30))).startsWith("HTTP/1.1 413");
        assertThat(nobody.get("/help").status()).isEqualTo(200);
    }

    @Test
    void answersWhatIsNoRequestAndGoesOn() throws Exception {
        String long1 = "x".repeat(3_000_000);
        List<String> nonsense = List.of("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + long1 + "\r\n\r\n", "GET /" + long1 + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100_000) + "\r\n", "GET / HTTP/1.1\r\nHost: a\r\nCookie: heshi=" + "A".repeat(7_000) + "\r\n\r\n",
                "GET /help HTTP/1.1\r\nHost: a\r\nCookie: heshi=%00%0d; heshi=\"; lang=en_US/../; heshi-said=eyJrZXkiOiIuLi8uLi8ifQ\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc", "HELO x\r\n", "GET http://elsewhere.example/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /queue HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n", "GET /help\u0000x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /{x}|^ HTTP/1.1\r\nHost: a\r\n\r\n", "GET /queue?to=\u00e4\u00ff HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /queue HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /queue HTTP/1.1\r\n\r\n", "GET /queue HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n");
        for (String one : nonsense) {
            String answer = raw(one.getBytes(StandardCharsets.ISO_8859_1), Duration.ofSeconds(30));
            String as = one.substring(0, Math.min(60, one.length()));
            assertThat(answer).as(as).matches("(?s)|HTTP/1.1 (200|302|400|403|404|413|414|431|505|501).*|<!doctype html>.*400.*");
            assertThat(INSIDE.matcher(answer).find()).as(as + " answered " + answer.substring(0, Math.min(1_500, answer.length()))).isFalse();
            // of a request that is two to somebody in between, the second is never answered
            assertThat(answer.split("HTTP/1\\.1 ", -1).length).as(as).isLessThanOrEqualTo(2);
            assertThat(answer.toLowerCase(java.util.Locale.ROOT)).as(as).doesNotContain("location: http://elsewhere").doesNotContain("\nserver:");
        }
        assertThat(attackers.get("nobody").get("/help").status()).isEqualTo(200);
    }

    /** Those who send a byte now and then hold a connection each, and nobody else up. */
    @Test
    void goesOnWhileOthersTrickle() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < (FULL ? 2_000 : 300); i++) {
                Socket one = new Socket();
                one.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
                String begun = switch (i % 3) {
                    case 0 -> "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname=";
                    case 1 -> "GET /help HTTP/1.1\r\nHost: a\r\nX-Slow: ";
                    default -> "POST /report HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x\r\n";
                };
                one.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
                slow.add(one);
            }
            Visitor somebody = new Visitor(port);
            for (int round = 0; round < 5; round++) {
                for (Socket one : slow) {
                    try {
                        one.getOutputStream().write('a');
                    } catch (SocketException _) {
                        // it was told to go: as good
                    }
                }
                long began = System.nanoTime();
                assertThat(somebody.get("/help").status()).isEqualTo(200);
                assertThat(somebody.get("/follow").status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            }
            // from a browser that nobody knows
            ours.signedIn(new Visitor(port), ours.hire(ours.centre, "attack-trickle", Role.HANDLER));
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    /** From one address, as a hall or a village behind one router. A session is only made for who was let in. */
    @Test
    void keepsManyVisitsApart() throws Exception {
        int all = FULL ? 100_000 : 100;
        int batch = 100;
        Visitor first = new Visitor(port);
        Queue<String> mixed = new ConcurrentLinkedQueue<>();
        for (int from = 0; from < all; from += batch) {
            try (ExecutorService together = Executors.newFixedThreadPool(20)) {
                for (int i = 0; i < batch; i++) {
                    together.submit(() -> {
                        UUID matter = UUID.randomUUID();
                        Visitor visitor = first.neighbour();
                        visitor.get("/follow/test-enter?matter=" + matter);
                        String who = visitor.get("/follow/test-who").body();
                        if (!who.contains(matter.toString())) {
                            mixed.add(who);
                        }
                    });
                }
                together.shutdown();
                assertThat(together.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(mixed.stream().limit(5).collect(Collectors.toList())).isEmpty();
        assertThat(first.get("/help").status()).isEqualTo(200);
    }

    /** Sends bytes, closes its side of the line, reads what comes until the other closes or pauses. */
    private String raw(byte[] request, Duration patience) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            socket.setSoTimeout(2_000);
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    OutputStream out = socket.getOutputStream();
                    out.write(request);
                    out.flush();
                } catch (IOException _) {
                    // the other side has heard enough
                }
            });
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[8_192];
            long end = System.nanoTime() + patience.toNanos();
            try {
                for (int n = in.read(piece); n >= 0 && answer.length() < 100_000 && System.nanoTime() < end; n = in.read(piece)) {
                    answer.append(new String(piece, 0, n, StandardCharsets.ISO_8859_1));
                    socket.setSoTimeout(300);
                }
            } catch (IOException _) {
                // a pause or a reset: what came is the answer
            }
            sending.interrupt();
        }
        return answer.toString();
    }
}
