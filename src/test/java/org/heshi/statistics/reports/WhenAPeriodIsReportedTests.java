package org.heshi.statistics.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.documents.Pdf;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Way;
import org.heshi.statistics.PutIn;
import org.heshi.statistics.PutIn.Brought;
import org.heshi.statistics.Whose;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenAPeriodIsReportedTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    MakeReport make;

    County county;
    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    private static long cell(Report report, String table, String row, int column) {
        return report.table(table).orElseThrow().rows().stream().filter(one -> one.name().equals(row)).findFirst().map(one -> (Long) one.cells().get(column).value()).orElse(0L);
    }

    /** Whatever came in and was closed, each period of each place says what a plain count of it says. */
    @Test
    void saysWhatAPlainCountSays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PutIn put = PutIn.some(context, county, Boolean.getBoolean("heshi.full") ? 2_000 : 70, 500, random);
        for (int i = 0; i < 10; i++) {
            Period.Length length = Period.Length.values()[i % 4];
            Period period = Period.of(length, i < 4 ? today : today.minusDays(random.nextInt(450)));
            String place = List.of(county.code, county.townA, county.townB, county.villageA).get(random.nextInt(4));
            String what = "seed " + seed + ", " + period + " of " + place;
            Report report = county.as(county.supervisor, () -> make.report(new Whose.Place(place), period, Locale.SIMPLIFIED_CHINESE));
            Period now = period.upTo(today);
            List<Period> columns = List.of(now, period.before().asMuchAs(now), period.yearBefore().asMuchAs(now));
            for (int column = 0; column < 3; column++) {
                Period p = columns.get(column);
                int at = List.of(0, 1, 3).get(column);
                assertThat(cell(report, "compared", "受理", at)).as(what).isEqualTo(put.count(one -> in(one, place) && one.cameIn(p.from(), p.to())));
                assertThat(cell(report, "compared", "办结", at)).as(what).isEqualTo(put.count(one -> in(one, place) && one.closedIn(p.from(), p.to())));
                assertThat(cell(report, "compared", "在办", at)).as(what).isEqualTo(put.count(one -> in(one, place) && one.openAt(p.to())));
            }
            assertThat(cell(report, "compared", "期初在办", 0)).as(what).isEqualTo(put.count(one -> in(one, place) && one.openAt(now.from().minusDays(1))));
            for (String table : List.of("categories", "channels", "kinds")) {
                long received = report.table(table).map(one -> one.rows().stream().mapToLong(row -> (Long) row.cells().getFirst().value()).sum()).orElse(0L);
                assertThat(received).as(what + " by " + table).isEqualTo(put.count(one -> in(one, place) && one.cameIn(now.from(), now.to())));
            }
            assertThat(report.table("outcomes").map(one -> one.rows().stream().mapToLong(row -> (Long) row.cells().getFirst().value()).sum()).orElse(0L)).as(what)
                    .isEqualTo(put.count(one -> in(one, place) && one.closedIn(now.from(), now.to())));
            if (length != Period.Length.DAY) {
                assertThat(report.table("course").orElseThrow().rows().stream().mapToLong(row -> (Long) row.cells().getFirst().value()).sum()).as(what)
                        .isEqualTo(put.count(one -> in(one, place) && one.cameIn(now.from(), now.to())));
            }
        }
        byUnit(put);
    }

    private static boolean in(Brought one, String place) {
        return one.place().startsWith(place);
    }

    private void byUnit(PutIn put) {
        Period period = Period.of(Period.Length.QUARTER, today.minusDays(120));
        Report whole = county.as(county.supervisor, () -> make.report(new Whose.Place(county.code), period, Locale.SIMPLIFIED_CHINESE));
        Report own = county.as(county.roadsHead, () -> make.report(new Whose.Unit(county.roads.id()), period, Locale.SIMPLIFIED_CHINESE));
        long closed = put.count(one -> one.lead().filter(county.roads.id()::equals).isPresent() && one.closedIn(period.from(), period.to()));
        assertThat(cell(whole, "units", county.roads.name(), 0)).isEqualTo(closed);
        assertThat(cell(own, "compared", "办结", 0)).isEqualTo(closed);
        assertThat(own.table("places")).isEmpty();
        assertThat(own.table("units")).isEmpty();
    }

    @Test
    void comparesWhatIsNotOverWithAsManyDays() {
        Period november = Period.of(Period.Length.MONTH, LocalDate.of(2026, 11, 10)).upTo(LocalDate.of(2026, 11, 10));
        assertThat(Period.of(Period.Length.MONTH, LocalDate.of(2026, 11, 10)).before().asMuchAs(november)).isEqualTo(new Period(Period.Length.MONTH, LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 10)));
        Period march = Period.of(Period.Length.MONTH, LocalDate.of(2026, 3, 31)).upTo(LocalDate.of(2026, 3, 30));
        assertThat(march.before().asMuchAs(march)).as("a short month is compared whole").isEqualTo(Period.of(Period.Length.MONTH, LocalDate.of(2026, 2, 1)));
        Period week = Period.of(Period.Length.WEEK, LocalDate.of(2027, 1, 2));
        assertThat(week.from()).isEqualTo(LocalDate.of(2026, 12, 28));
        assertThat(week.yearBefore().from()).isEqualTo(LocalDate.of(2025, 12, 29));
        assertThat(Period.of(Period.Length.DAY, LocalDate.of(2028, 2, 29)).yearBefore().from()).isEqualTo(LocalDate.of(2027, 2, 28));
        assertThat(Period.of(Period.Length.QUARTER, LocalDate.of(2026, 8, 15))).isEqualTo(new Period(Period.Length.QUARTER, LocalDate.of(2026, 7, 1), LocalDate.of(2026, 9, 30)));
    }

    @Test
    void isReadAndTakenOutByWhoWatchesThePlace() throws Exception {
        Way.registered(context, county, "第一件").sorted().assigned().accepted().answered().closed();
        Way.registered(context, county, county.townClerkB, "第二件", java.util.Map.of("place", county.villageB));
        Visitor supervisor = as(county.supervisor);
        String month = today.getYear() + "年" + today.getMonthValue() + "月";
        String page = Eventually.says(() -> supervisor.get("/figures/reports").body(), "共受理 2 件", "办结 1 件");
        assertThat(page).contains(month, "本期尚未结束", "截至", "工作月报", "期初在办", "按期办结率", "响应率", "超期未办结", "甲镇", "乙镇", county.roads.name(), "指标说明").doesNotContain("第一件");
        String last = supervisor.get("/figures/reports?period=month&on=" + today.minusMonths(1)).body();
        assertThat(last).contains("本期已结束", "的登记统计", "受理 0 件");
        assertThat(supervisor.get("/figures/reports?period=day").body()).contains("工作日报", "共受理 2 件");
        assertThat(supervisor.get("/figures/reports?period=quarter&place=" + county.townB).body()).contains("乙镇工作季报", "共受理 1 件", "季度");
        assertThat(supervisor.get("/figures/reports?period=week&lang=en").body()).contains("Weekly report", "received 2 matters", "Closed on time");
        assertThat(supervisor.get("/figures/reports?period=month&on=2099-01&lang=zh_CN").body()).contains("这段时间还没有到");
        assertThat(supervisor.get("/figures/reports?period=aeon&on=yesterday&place=x").body()).contains("日期填写有误", "共受理 2 件");
        assertThat(supervisor.get("/figures/reports?place=" + county.code + "999").status()).isEqualTo(404);

        byte[] pdf = supervisor.bytes("/figures/reports.pdf?period=month");
        assertThat(Pdf.byPoppler(pdf)).contains("工作月报", month, "期初在办", "共受理2件", "指标说明", "截至", "甲镇");
        assertThat(new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1)).as("it says that it is PDF/A").contains("pdfaid:part");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(supervisor.bytes("/figures/reports.xlsx?period=month")))) {
            var compared = book.getSheets().filter(sheet -> sheet.getName().equals("主要指标")).findFirst().orElseThrow();
            var received = compared.read().stream().filter(row -> row.getCellText(0).equals("受理")).findFirst().orElseThrow();
            assertThat(received.getCellAsNumber(1)).contains(new BigDecimal("2"));
        }

        Visitor townA = as(county.townSupervisorA);
        Eventually.says(() -> townA.get("/figures/reports").body(), "甲镇工作月报", "共受理 1 件");
        for (String address : List.of("/figures/reports", "/figures/reports.pdf", "/figures/reports.xlsx")) {
            assertThat(townA.get(address + "?place=" + county.townB).status()).as(address).isEqualTo(404);
            assertThat(townA.get(address + "?place=" + county.code).status()).as(address).isEqualTo(404);
            assertThat(as(county.handler).get(address).status()).as(address).isEqualTo(403);
            assertThat(new Visitor(port).get(address).location()).as(address).startsWith("/sign-in");
        }
        assertThat(as(county.roadsHead).get("/figures/reports").body()).contains(county.roads.name() + "工作月报", "办结 1 件").doesNotContain("乙镇");
        Visitor former = as(county.townSupervisorB);
        assertThat(former.get("/figures/reports").body()).contains("乙镇工作月报");
        county.end(county.townSupervisorB);
        assertThat(former.get("/figures/reports").body()).doesNotContain("乙镇工作月报");
    }

    @Test
    void tellsNoOfficeOfWhatIsAboutIt() {
        Way.registered(context, county, county.townClerkA, "反映甲镇中心", java.util.Map.of("about-office", "true", "accused", county.centreA.id().toString()));
        Eventually.says(() -> as(county.supervisor).get("/figures/reports").body(), "共受理");
        assertThat(as(county.townSupervisorA).get("/figures/reports").body()).contains("共受理 0 件");
    }
}
