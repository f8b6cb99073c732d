package org.heshi.mediation.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Hall;
import org.heshi.mediation.Affair;
import org.heshi.mediation.course.Case;
import org.heshi.mediation.figures.CaseFigures.By;
import org.heshi.mediation.figures.CaseFigures.Counted;
import org.heshi.mediation.roster.Skills;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Random cases of several mediators, taken up, ended and opened again at random: what is counted equals a recount of every single case. */
@HeshiTest
class WhenCasesAreCountedProperties {

    private static final List<String> SOURCES = List.of("application-one", "application-both", "initiative", "police");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    CaseFigures figures;

    /** What happened to a case, as the one who did it to it wrote down. */
    private record Told(Affair affair, String type, String source, String end, long fen, String performance) {

        boolean succeeded() {
            return end.equals("oral");
        }
    }

    @Test
    void theFiguresEqualARecountAndEachTableAddsUpToTheWhole() throws Exception {
        County county = County.make(context);
        List<Member> mediators = List.of(county.hire(county.committeeA, "fig-one", Role.MEDIATOR), county.hire(county.committeeA, "fig-two", Role.MEDIATOR),
                county.hire(county.roads, "fig-three", Role.MEDIATOR));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            told.add(live(random, new Affair(context, county, mediators.get(random.nextInt(mediators.size())))));
        }
        Visitor supervisor = county.signedIn(new Visitor(port), county.supervisor);
        Instant now = Instant.now(java.time.Clock.systemUTC());
        CaseFigures.Asked asked = CaseFigures.Asked.of(county.actor(county.supervisor), now.minusSeconds(86_400), now.plusSeconds(60));
        List<Told> counted = told.stream().filter(one -> !one.type().isEmpty()).toList();
        Counted whole = county.as(county.supervisor, () -> figures.whole(asked));
        assertThat(whole).as("seed %d", seed).isEqualTo(recount("", counted));
        Map<By, List<Counted>> tables = county.as(county.supervisor, () -> figures.count(asked, List.of(By.values())));
        compare(seed, tables.get(By.TYPE), counted, Told::type);
        compare(seed, tables.get(By.SOURCE), counted, one -> one.source().startsWith("application") ? "application" : one.source().equals("initiative") ? "initiative" : "entrusted");
        compare(seed, tables.get(By.FORM), counted, one -> one.succeeded() ? "oral" : "");
        compare(seed, tables.get(By.PERFORMANCE), counted, one -> one.succeeded() ? one.performance() : "");
        compare(seed, tables.get(By.UNIT), counted, one -> one.affair().mediator.unit().id().toString());
        compare(seed, tables.get(By.MEDIATOR), counted, one -> one.end().equals("taken-up") ? "" : one.affair().mediator.post().toString());
        tables.forEach((by, lines) -> assertThat(lines.stream().mapToLong(Counted::accepted).sum()).as("%s, seed %d", by, seed).isEqualTo(whole.accepted()));
        tables.forEach((by, lines) -> assertThat(lines.stream().mapToLong(Counted::sum).sum()).as("%s, seed %d", by, seed).isEqualTo(whole.sum()));

        String page = supervisor.get("/mediation/figures").body();
        assertThat(page).contains("婚姻家庭", "物业", "接受委托移送").doesNotContain("防止", "上访", "自杀");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(supervisor.bytes("/mediation/figures.xlsx")))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(1 + Skills.TYPES.size() + 1);
            long sum = rows.subList(1, 1 + Skills.TYPES.size()).stream().mapToLong(row -> row.getCellAsNumber(1).orElseThrow().longValue()).sum();
            assertThat(sum).isEqualTo(whole.accepted()).isEqualTo(rows.getLast().getCellAsNumber(1).orElseThrow().longValue());
        }
        County elsewhere = County.make(context);
        assertThat(elsewhere.as(elsewhere.supervisor, () -> figures.whole(asked)).accepted()).as("another county reads nothing of it").isZero();
    }

    /** Each table adds up to the whole, whatever form the agreements have and what the court said of them. */
    @Test
    void writtenOralAndConfirmedAgreementsAddUp() {
        Hall hall = new Hall(context);
        new Case(context, hall).inForce();
        Case refused = filed(new Case(context, hall).inForce());
        refused.done(refused.mediator, "court-refused", Map.of("on", Case.inDays(0).toString(), "reason", "内容不明确"));
        Case confirmed = filed(new Case(context, hall).inForce());
        confirmed.done(confirmed.mediator, "court-confirmed", Map.of("on", Case.inDays(0).toString(), "number", "（2026）试民特1号"));
        Case oral = new Case(context, hall).mediating();
        oral.done(oral.mediator, "oral", Map.of("at", CivilTime.of(Instant.now(java.time.Clock.systemUTC())).toLocalDateTime().withNano(0).withSecond(0).toString(), "where", "村委会", "present", List.of("1", "2"), "facts", "院墙越界", "no-paper", "true",
                "terms", List.of(Case.clause(2, 1, "赔偿", "0.01", Case.inDays(5)))));
        Case failed = new Case(context, hall).mediating();
        failed.done(failed.mediator, "stop", Map.of("reason", "no-agreement", "told", "true"));
        new Case(context, hall).mediating();

        Instant now = Instant.now(java.time.Clock.systemUTC());
        CaseFigures.Asked asked = CaseFigures.Asked.of(hall.supervisor, now.minusSeconds(86_400), now.plusSeconds(60));
        Counted whole = Acting.as(hall.supervisor, () -> figures.whole(asked));
        assertThat(whole).isEqualTo(new Counted("", 6, 4, 1, 300_001, 3, 1, 0, 1));
        Map<By, List<Counted>> tables = Acting.as(hall.supervisor, () -> figures.count(asked, List.of(By.values())));
        assertThat(tables.get(By.FORM)).containsExactlyInAnyOrder(new Counted("written", 3, 3, 0, 300_000, 3, 0, 0, 1), new Counted("oral", 1, 1, 0, 1, 0, 1, 0, 0), new Counted("", 2, 0, 1, 0, 0, 0, 0, 0));
        assertThat(tables.get(By.CONFIRMATION)).containsExactlyInAnyOrder(new Counted("confirmed", 1, 1, 0, 100_000, 1, 0, 0, 1), new Counted("refused", 1, 1, 0, 100_000, 1, 0, 0, 0),
                new Counted("", 4, 2, 1, 100_001, 1, 1, 0, 0));
        tables.forEach((by, lines) -> assertThat(lines.stream().reduce(new Counted("", 0, 0, 0, 0, 0, 0, 0, 0), (one, more) -> new Counted("", one.accepted() + more.accepted(),
                one.succeeded() + more.succeeded(), one.failed() + more.failed(), one.sum() + more.sum(), one.written() + more.written(), one.oral() + more.oral(),
                one.performed() + more.performed(), one.confirmed() + more.confirmed()))).as("by %s", by).isEqualTo(whole));
    }

    /** More committees and mediators than any page has room for, each with an agreement of fifty yuan. */
    @Test
    void linesAddUpToTheWholeHoweverManyAndHoweverSmallTheyAre() throws Exception {
        int many = 2500;
        County county = County.make(context);
        UUID matter = new Affair(context, county, county.hire(county.committeeA, "fig-many", Role.MEDIATOR)).way.id();
        Acting.run(new Actor.Machine("mediation"), () -> context.getBean(TransactionTemplate.class).executeWithoutResult(_ -> context.getBean(JdbcClient.class).sql("""
                insert into mediation.figure (matter, unit, post, scope, type, source, accepted_at, ended_at, result, sum_fen, performance, confirmation)
                select ?, gen_random_uuid(), gen_random_uuid(), ?, 'house', 'initiative', now(), now(), 'oral', 5000, 'none', '' from generate_series(1, ?)
                """).param(matter).param(county.code).param(many).update()));
        BigDecimal whole = new BigDecimal("12.5");
        Visitor supervisor = county.signedIn(new Visitor(port), county.supervisor);
        String page = supervisor.get("/mediation/figures").body();
        for (String by : List.of("unit", "mediator")) {
            String table = page.substring(page.indexOf("id=\"by-" + by + "\""));
            table = table.substring(0, table.indexOf("</table>"));
            assertThat(numbers(table, "受理（件）")).as("by %s", by).hasSize(101).last().isEqualTo(new BigDecimal("2400"));
            assertThat(table).contains("其余（2,400 个）");
            assertThat(numbers(table, "受理（件）").stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(Integer.toString(many));
            assertThat(numbers(table, "协议涉及金额（万元）").stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(whole);
        }
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(supervisor.bytes("/mediation/figures.xlsx")))) {
            for (int at : List.of(By.UNIT.ordinal(), By.MEDIATOR.ordinal())) {
                var rows = book.getSheet(at).orElseThrow().read();
                assertThat(rows).hasSize(1 + many + 1);
                assertThat(rows.subList(1, 1 + many).stream().map(row -> row.getCellAsNumber(6).orElseThrow()).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(whole)
                        .isEqualByComparingTo(rows.getLast().getCellAsNumber(6).orElseThrow());
            }
        }
        assertThat(FiguresPage.myriads(5000)).hasToString("0.005");
        assertThat(FiguresPage.myriads(120_000_000)).hasToString("120.00");
    }

    private static List<BigDecimal> numbers(String table, String column) {
        return Pattern.compile("data-label=\"" + Pattern.quote(column) + "\">([0-9.]+)<").matcher(table).results().map(found -> new BigDecimal(found.group(1))).toList();
    }

    private static Case filed(Case one) {
        one.done(one.party(1), "join-application", Map.of("agreed", "true"));
        one.done(one.party(2), "join-application", Map.of("agreed", "true"));
        one.done(one.mediator, "file", Map.of("court", one.court.id().toString(), "on", Case.inDays(0).toString(), "fit", "true", "papers", "true"));
        return one;
    }

    private static Told live(Random random, Affair affair) {
        String type = Skills.TYPES.get(random.nextInt(Skills.TYPES.size()));
        String source = SOURCES.get(random.nextInt(SOURCES.size()));
        if (random.nextInt(8) == 0) {
            affair.does("refuse", Map.of("told", "true"));
            return new Told(affair, "", "", "never", 0, "");
        }
        affair.takenUp(type, source, source.equals("police") ? Map.of("entrusted-by", affair.county.organ.id().toString()) : Map.of());
        if (random.nextInt(6) == 0) {
            return new Told(affair, type, source, "taken-up", 0, "");
        }
        affair.mediating();
        return switch (random.nextInt(4)) {
            case 0 -> new Told(affair, type, source, "mediating", 0, "");
            case 1 -> {
                affair.stopped();
                yield new Told(affair, type, source, "failed", 0, "");
            }
            default -> {
                long yuan = 1 + random.nextInt(100_000);
                affair.oral("第" + random.nextInt() + "件", List.of(affair.clause("赔偿", Long.toString(yuan), 9), affair.clause("道歉", "", 9)));
                int performed = random.nextInt(4);
                if (performed >= 1) {
                    affair.does("perform", Map.of("which", "2", "on", affair.today().toString()));
                }
                if (performed >= 2) {
                    affair.does("perform", Map.of("which", "1", "amount", Long.toString(yuan), "on", affair.today().toString()));
                }
                String performance = performed == 0 ? "none" : performed == 1 ? "part" : "whole";
                if (performed == 3) {
                    affair.does("answer", Map.of("answer", "已达成口头协议"));
                    affair.does(affair.county.actor(affair.county.verifier), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed"));
                    affair.does(affair.resident(1), "reopen", Map.of("reason", "没有履行好"));
                    // the agreement stands until another one takes its place
                }
                yield new Told(affair, type, source, "oral", yuan * 100, performance);
            }
        };
    }

    private static Counted recount(String key, List<Told> told) {
        long oral = told.stream().filter(Told::succeeded).count();
        return new Counted(key, told.size(), oral, told.stream().filter(one -> one.end().equals("failed")).count(),
                told.stream().filter(Told::succeeded).mapToLong(Told::fen).sum(), 0, oral,
                told.stream().filter(one -> one.succeeded() && one.performance().equals("whole")).count(), 0);
    }

    private static void compare(long seed, List<Counted> table, List<Told> told, Function<Told, String> key) {
        Map<String, List<Told>> by = told.stream().collect(Collectors.groupingBy(key));
        assertThat(table).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(by.entrySet().stream().map(one -> recount(one.getKey(), one.getValue())).toList());
    }
}
