package org.heshi.bill.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.heshi.Browser;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill from the draft to the reader: what nobody released nobody reads, what was released stays, and programs find what the description says. */
@HeshiTest
class WhenTheBillIsPublishedTests {

    private static final Instant AT = Instant.parse("2026-11-05T02:00:00Z");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Editions editions;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private int number;
    private List<Part> parts;

    @BeforeEach
    void releasesAnEdition() {
        parts = BillOf.months(YearMonth.of(2026, 4), 7, new Random(7), AT);
        number = release(parts, List.of());
    }

    private int release(List<Part> months, List<YearMonth> recounted) {
        editions.keep(UUID.randomUUID(), months, recounted, AT);
        Edition draft = machine(editions::draft).orElseThrow();
        return editions.release(draft.id(), draft.digest(), UUID.randomUUID(), AT).orElseThrow();
    }

    private static <T> T machine(java.util.function.Supplier<T> something) {
        return Acting.as(new Actor.Machine("test"), something);
    }

    @Test
    void nobodyReadsWhatNobodyReleasedAndSomebodyOfTheCountysCentreReleases() {
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/bill").body()).contains("民生账单", "枫桥镇", "2026-10").doesNotContain("2026-11");
        List<Part> more = new ArrayList<>(parts);
        more.addAll(BillOf.months(YearMonth.of(2026, 11), 1, new Random(8), AT));
        editions.keep(UUID.randomUUID(), more, List.of(), AT);
        String digest = machine(editions::draft).orElseThrow().digest();
        assertThat(stranger.get("/bill").body()).doesNotContain("2026-11");
        assertThat(stranger.get("/bill?month=2026-11").status()).isEqualTo(404);
        assertThat(stranger.get("/bill/data/bill-" + (number + 1) + ".csv").status()).isEqualTo(404);
        assertThat(stranger.get("/publishing").location()).startsWith("/sign-in");
        assertThat(transactions.<List<Integer>>execute(_ -> jdbc.sql("select 1 from bill.part where month = '2026-11-01'").query(Integer.class).list())).as("to a stranger's scope").isEmpty();
        People people = new People(context);
        Visitor town = signedIn(people.in(UnitType.CENTRE, County.make(context).townA, Role.HEAD));
        assertThat(town.get("/publishing").status()).as("the head of another place's centre").isEqualTo(404);
        Visitor head = signedIn(people.in(UnitType.CENTRE, "330681", Role.HEAD));
        Visitor.Answer desk = head.get("/publishing");
        assertThat(desk.body()).contains("等待审核", digest);
        String id = machine(editions::draft).orElseThrow().id().toString();
        head.post("/publishing/release", Map.of("draft", id, "digest", "0".repeat(64)));
        assertThat(stranger.get("/bill").body()).as("another draft than was looked at").doesNotContain("2026-11");
        head.post("/publishing/release", Map.of("draft", id, "digest", digest));
        assertThat(stranger.get("/bill").body()).contains("2026-11");
        assertThat(stranger.get("/bill/editions/" + number).body()).as("the older one stays").contains("2026-10", "后来又公布了新的").doesNotContain("<option value=\"2026-11\"");
    }

    private Visitor signedIn(People.Somebody who) {
        return new Visitor(port).signedInAs(who);
    }

    @Test
    void whatWasReleasedStaysAsItWas() {
        for (String sql : List.of("update bill.cell set received = 99 where part = ?", "delete from bill.line where part = ?", "update bill.part set k = 9 where id = ?",
                "delete from bill.part where id = ?", "update bill.edition set digest = repeat('0', 64) where id in (select edition from bill.edition_part where part = ?)")) {
            assertThatThrownBy(() -> machine(() -> transactions.execute(_ -> jdbc.sql(sql).param(parts.getFirst().id()).update()))).as(sql).isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void aMonthIsReadAsItWasKept() {
        Part kept = editions.edition(number).orElseThrow().part(YearMonth.of(2026, 6)).orElseThrow();
        Part told = parts.get(2);
        assertThat(kept.towns()).isEqualTo(told.towns());
        for (int town = 0; town < told.towns().size(); town++) {
            assertThat(kept.cells()[town]).isEqualTo(told.cells()[town]);
        }
        assertThat(EditionCsv.digest(editions.edition(number).orElseThrow().parts())).isEqualTo(editions.edition(number).orElseThrow().digest());
    }

    @Test
    void programsFindWhatTheDescriptionSays() throws Exception {
        JsonNode described = JsonMapper.builder().build().readTree(get("/bill/data/datapackage.json").body());
        assertThat(Frictionless.problems(described)).isEmpty();
        JsonNode resource = null;
        for (JsonNode one : described.get("resources")) {
            if (one.get("name").asString().equals("bill-" + number)) {
                resource = one;
            }
        }
        assertThat(resource).isNotNull();
        byte[] file = bytes("/bill/data/bill-" + number + ".csv");
        assertThat("sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file))).isEqualTo(resource.get("hash").asString());
        assertThat(Frictionless.problems(resource.get("schema"), new String(file, StandardCharsets.UTF_8))).isEmpty();
        String text = new String(file, StandardCharsets.UTF_8);
        assertThat(text).contains("'=山下湖镇").contains(",,not-told,").contains(",,at-most-k,");
        for (JsonNode one : described.get("resources")) {
            String path = URI.create(one.get("path").asString()).getPath();
            assertThat(Frictionless.problems(one.get("schema"), get(path).body())).as(path).isEmpty();
        }
        Map<String, Object> broken = Map.of("name", "Bad Name!", "resources", List.of());
        assertThat(Frictionless.problems(JsonMapper.builder().build().valueToTree(broken))).as("planted").isNotEmpty();
        assertThat(Frictionless.problems(resource.get("schema"), text.replaceFirst("\r\n2026-04,", "\r\nApril,"))).as("planted").isNotEmpty();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private byte[] bytes(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    @Test
    void readersThatHaveItAreSpared() throws Exception {
        for (String path : List.of("/bill", "/bill/data/datapackage.json", "/bill/data/bill-" + number + ".csv", "/bill/data/bill-all.csv", "/bill/data/answers.csv", "/bill/feed.atom",
                "/bill/feed.rss")) {
            HttpResponse<String> first = get(path);
            assertThat(first.statusCode()).as(path).isEqualTo(200);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(get(path, "If-None-Match", tag).statusCode()).as(path).isEqualTo(304);
        }
    }

    @Test
    void nobodyFetchesAllEditionsFasterThanAMinuteAllows() {
        Visitor hasty = new Visitor(port);
        Visitor.Answer first = hasty.get("/bill/data/bill-all.csv");
        assertThat(first.status()).isEqualTo(200);
        Visitor.Answer refused = first;
        int had = 0;
        // a minute may have begun anew meanwhile
        while (refused.status() == 200 && had < 61) {
            had++;
            refused = hasty.get("/bill/data/bill-all.csv");
        }
        assertThat(refused.status()).isEqualTo(429);
        assertThat(had).isGreaterThanOrEqualTo(30);
        assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
        assertThat(hasty.get("/bill/data/bill-all.csv", "If-None-Match", first.header("ETag").orElseThrow()).status()).as("who has it is told so").isEqualTo(304);
        assertThat(new Visitor(port).get("/bill/data/bill-all.csv").status()).as("somebody else").isEqualTo(200);
    }

    @Test
    void feedsAreReadByAnotherReader() throws Exception {
        for (String path : List.of("/bill/feed.atom", "/bill/feed.rss")) {
            SyndFeed feed = new SyndFeedInput().build(new StringReader(get(path).body()));
            SyndEntry entry = feed.getEntries().stream().filter(one -> one.getTitle().contains("第 " + number + " 期")).findFirst().orElseThrow();
            assertThat(entry.getUri()).isEqualTo("urn:uuid:" + machine(() -> editions.edition(number)).orElseThrow().id());
            assertThat(entry.getLink()).endsWith("/bill/editions/" + number);
        }
    }

    @Test
    void itsPagesCanBeReadByEverybody() {
        Optional<Integer> town = parts.getLast().town("330681100");
        assertThat(town).isPresent();
        try (var visit = Browser.visit(port).narrow().withoutScripts().open()) {
            for (String path : List.of("/bill", "/bill/towns/330681100", "/bill/editions/" + number, "/bill/data", "/bill/answers")) {
                visit.go(path);
                visit.check("bill-" + path.replace('/', '-'));
            }
        }
        editions.keep(UUID.randomUUID(), parts, List.of(YearMonth.of(2026, 5)), AT);
        try (var visit = Browser.visit(port).wide().open()) {
            visit.go("/bill");
            visit.check("bill-wide");
            visit.signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.SUPERVISOR)).go("/publishing");
            visit.check("publishing");
        }
    }
}
