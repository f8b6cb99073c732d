package org.heshi.statistics.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.heshi.matters.Way;
import org.heshi.statistics.Figures;
import org.heshi.statistics.PutIn;
import org.heshi.statistics.PutIn.Brought;
import org.heshi.statistics.Question;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenAMonthIsListedTests {

    private static final Pattern NUMBER = Pattern.compile("href=\"/matters/([0-9]{13})\"");
    private static final Pattern NEXT = Pattern.compile("href=\"(/figures/ledger[^\"]*after=[^\"]*)\" rel=\"next\"");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    MatterRows matters;

    County county;
    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private List<String> listed(Visitor visitor, String address) {
        List<String> numbers = new ArrayList<>();
        String next = address;
        while (!next.isEmpty()) {
            String body = visitor.get(next).body();
            Matcher number = NUMBER.matcher(body);
            while (number.find()) {
                numbers.add(number.group(1));
            }
            Matcher more = NEXT.matcher(body);
            next = more.find() ? more.group(1).replace("&amp;", "&") : "";
        }
        return numbers;
    }

    @Test
    void listsWhatCameInAndWasClosedPageByPageAndInFiles() throws Exception {
        PutIn put = PutIn.some(context, county, 130, 50, new Random(7));
        YearMonth month = YearMonth.from(today.minusMonths(1));
        LocalDate from = month.atDay(1);
        LocalDate to = month.atEndOfMonth();
        Map<String, java.util.function.Predicate<Brought>> parts = Map.of("received", one -> one.cameIn(from, to), "closed", one -> one.closedIn(from, to), "open", one -> one.openAt(to));
        Visitor supervisor = as(county.supervisor);
        for (var part : parts.entrySet()) {
            List<UUID> expected = put.all().stream().filter(part.getValue()).map(Brought::matter).toList();
            List<String> numbers = county.as(county.supervisor, () -> expected.stream().map(id -> matters.named(List.of(id)).get(id).number().digits()).toList());
            String address = "?month=" + month + "&part=" + part.getKey();
            assertThat(listed(supervisor, "/figures/ledger" + address)).as(part.getKey()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(numbers);
            String csv = new String(supervisor.bytes("/figures/ledger.csv" + address), StandardCharsets.UTF_8);
            assertThat(csv.lines().count()).as(part.getKey()).isEqualTo(numbers.size() + 2);
            try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(supervisor.bytes("/figures/ledger.xlsx" + address)))) {
                var rows = book.getFirstSheet().read();
                assertThat(rows).hasSize(numbers.size() + 2);
                assertThat(rows.stream().map(row -> row.getCellText(0).replaceAll("[^0-9]", "")).toList()).containsAll(numbers);
            }
            assertThat(csv).startsWith("\uFEFF编号,受理日期,").contains("道路局", "按期").doesNotContain("件,说明", "=第");
        }
        String page = supervisor.get("/figures/ledger?month=" + month).body();
        assertThat(page).contains(month.getYear() + "年" + month.getMonthValue() + "月", "本月受理").doesNotContain("=第");
        assertThat(listed(supervisor, "/figures/ledger?part=received&place=" + county.townB + "&month=" + month)).hasSize(
                (int) put.count(one -> one.place().startsWith(county.townB) && one.cameIn(from, to)));
        assertThat(supervisor.get("/figures/ledger?month=2099-01&part=x&after=forged&seen=y&place=z").body()).contains("月份不对或还没有到");
    }

    /** What was closed and went on again stands behind what is closed still, and a page may end between the two. */
    @Test
    void listsClosingsFromTheNewestAndThenWhatWentOnAgain() {
        List<Way> ways = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ways.add(Way.registered(context, county, "办好的" + i).sorted().assigned().accepted().answered().closed());
        }
        for (Way again : ways.subList(0, 2)) {
            county.as(new Actor.Resident(again.id(), 1), () -> {
                Matters act = context.getBean(Matters.class);
                Matters.Answer first = act.act(Matters.Act.on(again.id(), "reopen", Map.of("reason", "又不亮了"), 0, again.id() + "-again"));
                return first instanceof Matters.Answer.Stale stale ? act.act(Matters.Act.on(again.id(), "reopen", Map.of("reason", "又不亮了"), stale.version(), again.id() + "-again")) : first;
            });
        }
        Figures figures = context.getBean(Figures.class);
        Question question = Question.of(county.code, today.minusDays(1), today);
        Eventually.that("all is counted", () -> county.as(county.supervisor, () -> figures.ask(question)).total().reopened() == 2);
        for (int size = 1; size <= 4; size++) {
            List<UUID> listed = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Optional<String> key = after;
                int most = size;
                var page = county.as(county.supervisor, () -> figures.list(question, Figures.Measure.CLOSED, key, most));
                page.rows().forEach(row -> listed.add(row.matter()));
                after = page.next();
            } while (after.isPresent());
            assertThat(listed).as("by " + size).containsExactly(ways.get(3).id(), ways.get(2).id(), ways.get(1).id(), ways.get(0).id());
        }
    }

    @Test
    void isForWhoWatchesThePlaceOrAnswersForTheUnit() {
        Way way = Way.registered(context, county, "第一件").sorted().assigned().accepted().answered().closed();
        Way.registered(context, county, county.townClerkA, "反映甲镇中心", Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        String digits = county.as(county.supervisor, () -> matters.named(List.of(way.id())).get(way.id()).number().digits());
        Eventually.says(() -> as(county.supervisor).get("/figures/ledger?part=closed").body(), digits);
        Visitor townA = as(county.townSupervisorA);
        assertThat(listed(townA, "/figures/ledger")).containsExactly(digits);
        for (String address : List.of("/figures/ledger", "/figures/ledger.csv", "/figures/ledger.xlsx")) {
            assertThat(townA.get(address + "?place=" + county.townB).status()).as(address).isEqualTo(404);
            assertThat(as(county.handler).get(address).status()).as(address).isEqualTo(403);
            assertThat(new Visitor(port).get(address).location()).as(address).startsWith("/sign-in");
        }
        Visitor head = as(county.roadsHead);
        assertThat(head.get("/figures/ledger?part=closed").body()).contains(digits).doesNotContain("ledger.csv");
        assertThat(head.get("/figures/ledger.csv").status()).as("a department takes no lists out").isEqualTo(403);
        assertThat(listed(as(county.townSupervisorB), "/figures/ledger")).isEmpty();
    }
}
