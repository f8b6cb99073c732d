package org.heshi.bill.edition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.bill.suppression.Counts;
import org.heshi.directory.Categories;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.Way;
import org.heshi.statistics.Figures;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** From matters to counts, and what of them is told. */
@HeshiTest
class WhenAMonthIsCountedTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    InstantSource clock;

    private Counting of(String county) {
        MattersSettings s = context.getBean(MattersSettings.class);
        MattersSettings here = new MattersSettings(s.node(), county, List.of(), s.reopenFor(), s.escalateDays(), s.escalateHours(), s.serviceHours(), s.originals(), s.codeKey());
        return new Counting(context.getBean(Figures.class), context.getBean(Divisions.class), context.getBean(Categories.class), context.getBean(MatterRows.class),
                context.getBean(BillSettings.class), here);
    }

    @Test
    void kindsThatArePublishedOneByOneStandApartAndApartMattersDoNotCount() {
        County county = County.make(context);
        for (int i = 0; i < 6; i++) {
            Way.registered(context, county, "请修路").sorted("petition");
        }
        Way.registered(context, county, "路灯坏了").sorted().assigned().accepted().answered().closed();
        Way.registered(context, county, "路灯坏了").sorted();
        Way.registered(context, county, county.clerk, "窗口态度", Map.of("about-office", "true", "accused", county.roads.id().toString()));
        YearMonth month = YearMonth.from(CivilTime.dateOf(clock.instant()));
        Counting counting = of(county.code);
        Eventually.that("all of them were counted", () -> counting.count(month, Optional.empty()).listed().solved().at(0, 0) == 1 && counting.count(month, Optional.empty()).listed().received().at(0, 0) == 2
                && counting.count(month, Optional.empty()).others().received().at(0, 0) == 6);
        Counted counted = counting.count(month, Optional.empty());
        assertThat(counted.listed().received().at(0, 0)).isEqualTo(2);
        int town = counted.towns().stream().map(Part.Line::code).toList().indexOf(county.townA) + 1;
        assertThat(counted.others().received().at(town, 0)).isEqualTo(6);
        assertThat(counted.towns()).extracting(Part.Line::code).contains(county.townA, county.townB, "");
        assertThat(counted.others().content().at(0, 0)).as("what somebody said stands with the others").isEqualTo(1);
        assertThat(counting.first(CivilTime.dateOf(clock.instant()))).as("the month after the first matter").contains(month.plusMonths(1));
        Part told = Telling.tell(UUID.randomUUID(), month, clock.instant(), 5, counted, List.of(), new Random(1));
        assertThat(told.cell(0, 0).received()).isEqualTo(6);
        assertThat(told.cell(0, 0).listed().received()).isEqualTo(2);
        assertThat(told.cell(0, 0).solved()).isEqualTo(Part.HIDDEN);
        assertThat(told.cell(0, 0).median()).as("of the one that is published singly no time is told with the others").isEmpty();
    }

    /** A town that stands no more and a category that is retired are named as they were. */
    @Test
    void namesWhatEndedInTheMonth() {
        County county = County.make(context);
        String group = "8%d".formatted(Math.floorMod(county.code.hashCode(), 10)); // not 99: new groups are numbered after the last one
        asProgram("insert into directory.category (code, name, name_en) values (?, ?, ?) on conflict (code) do update set ended_at = null", group, "停用的大类" + group, "Retired " + group);
        Way.registered(context, county, county.townClerkB, "路灯坏了", Map.of("place", county.villageB, "category", group));
        asProgram("update divisions.standing set valid_to = ? where code = any (?)", CivilTime.dateOf(clock.instant()), new String[] {county.townB, county.villageB});
        asProgram("update directory.category set ended_at = now() where code = ?", group);
        Counting counting = of(county.code);
        YearMonth month = YearMonth.from(CivilTime.dateOf(clock.instant()));
        Eventually.that("it was counted", () -> counting.count(month, Optional.empty()).towns().stream().anyMatch(town -> town.code().equals(county.townB)));
        Counted counted = counting.count(month, Optional.empty());
        assertThat(counted.towns()).contains(new Part.Line(county.townB, "乙镇", "乙镇"));
        assertThat(counted.categories()).contains(new Part.Line(group, "停用的大类" + group, "Retired " + group));
    }

    private void asProgram(String sql, Object... parameters) {
        org.heshi.access.Acting.as(new org.heshi.access.Actor.Machine("test"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class)
                .execute(_ -> context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql(sql).params(parameters).update()));
    }

    @Test
    void aCorrectionTellsNothingMoreOfWhatWasNotTold() {
        Random random = new Random(3);
        Counted first = BillOf.month(random);
        Part one = Telling.tell(UUID.randomUUID(), YearMonth.of(2026, 5), clock.instant(), 5, first, List.of(), random);
        Counted again = new Counted(List.of(BillOf.TOWNS.get(0), BillOf.TOWNS.get(1), BillOf.TOWNS.get(2), BillOf.TOWNS.get(3), BillOf.TOWNS.get(4),
                new Part.Line("330681103", "新镇", "New")), BillOf.CATEGORIES, wider(first.listed()), wider(first.others()), wider(first.times()));
        Part two = Telling.tell(UUID.randomUUID(), YearMonth.of(2026, 5), clock.instant(), 5, again, List.of(one), random);
        for (int town = 0; town < one.towns().size(); town++) {
            for (int category = 0; category < one.categories().size(); category++) {
                if (one.cell(town, category).received() == Part.HIDDEN) {
                    assertThat(two.cell(town, category).received()).isEqualTo(Part.HIDDEN);
                }
                assertThat(two.cell(town, category).otherwise()).isNotEqualTo(Part.AT_MOST);
            }
        }
        for (int category = 0; category < one.categories().size(); category++) {
            assertThat(two.cell(6, category).received()).as("a town that the edition before had not").isEqualTo(Part.HIDDEN);
        }
    }

    private static Counted.Measured wider(Counted.Measured measured) {
        return new Counted.Measured(wider(measured.received()), wider(measured.solved()), wider(measured.otherwise()), wider(measured.content()), wider(measured.discontent()));
    }

    private static Counts wider(Counts counts) {
        int[][] inner = new int[counts.rows()][counts.columns() - 1];
        for (int row = 1; row < counts.rows(); row++) {
            for (int column = 1; column < counts.columns(); column++) {
                inner[row - 1][column - 1] = counts.at(row, column);
            }
        }
        return Counts.of(inner);
    }

    private static org.heshi.statistics.Histogram[][] wider(org.heshi.statistics.Histogram[][] times) {
        org.heshi.statistics.Histogram[][] more = java.util.Arrays.copyOf(times, times.length + 1);
        more[times.length] = times[0].clone();
        return more;
    }
}
