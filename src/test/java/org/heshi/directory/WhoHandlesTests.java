package org.heshi.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhoHandlesTests {

    @Autowired
    Directory directory;
    @Autowired
    Categories categories;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    DirectoryRows rows;
    String county;
    String town;
    Category first;
    Category second;
    Category third;

    @BeforeEach
    void aCountyAndACategoryOfTheirOwn() {
        rows = new DirectoryRows(jdbc, transactions);
        county = "98%04d".formatted(ThreadLocalRandom.current().nextInt(10_000));
        town = county + "101";
        String name = "试验" + county;
        Acting.run(new Actor.Machine("test"), () -> {
            third = categories.addPath(List.of("试验大类", name, "细类"));
            second = categories.findPath(List.of("试验大类", name)).orElseThrow();
            first = categories.findByName("试验大类").orElseThrow();
        });
    }

    @Test
    void prefersTheNearerCategoryToTheNearerPlace() {
        UUID near = rows.unit(UnitType.TOWN, town, null);
        UUID exact = rows.unit(UnitType.DEPARTMENT, county, null);
        rows.rule(first.code(), town, near);
        rows.rule(second.code(), county, exact);

        assertThat(directory.whoHandles(third.code(), town + "001")).hasValueSatisfying(handling -> {
            assertThat(handling.lead().id()).isEqualTo(exact);
            assertThat(handling.becauseCategory()).isEqualTo(second.code());
            assertThat(handling.becauseDivision()).isEqualTo(county);
        });
    }

    @Test
    void prefersTheNearerPlaceWithinACategory() {
        UUID near = rows.unit(UnitType.TOWN, town, null);
        UUID far = rows.unit(UnitType.DEPARTMENT, county, null);
        rows.rule(third.code(), town, near);
        rows.rule(third.code(), county, far);

        assertThat(lead(third.code(), town + "001")).isEqualTo(near);
        assertThat(lead(third.code(), county + "102001")).isEqualTo(far);
    }

    @Test
    void fallsBackToTheRuleForAnyCategoryAndToNobody() {
        UUID any = rows.unit(UnitType.CENTRE, county, null);
        assertThat(directory.whoHandles(third.code(), town)).isEmpty();

        rows.rule("", county, any);
        assertThat(lead(third.code(), town)).isEqualTo(any);
    }

    @Test
    void namesHelpersInOrderAndPassesOverUnitsThatEnded() {
        UUID lead = rows.unit(UnitType.DEPARTMENT, county, null);
        UUID one = rows.unit(UnitType.DEPARTMENT, county, null);
        UUID two = rows.unit(UnitType.DEPARTMENT, county, null);
        UUID gone = rows.unit(UnitType.DEPARTMENT, county, null);
        UUID fallback = rows.unit(UnitType.DEPARTMENT, county, null);
        rows.rule(third.code(), county, lead, two, gone, one);
        rows.rule(first.code(), county, fallback);
        rows.end("unit", gone, Instant.parse("2024-01-01T00:00:00Z"));

        assertThat(directory.whoHandles(third.code(), town).orElseThrow().helpers()).extracting(Unit::id).containsExactly(two, one);

        rows.end("unit", lead, Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(lead(third.code(), town)).isEqualTo(fallback);
    }

    @Test
    void refusesASecondRuleForTheSamePairAtTheSameTime() {
        UUID lead = rows.unit(UnitType.DEPARTMENT, county, null);
        rows.rule(third.code(), county, lead);

        assertThatThrownBy(() -> rows.rule(third.code(), county, lead)).hasMessageContaining("handles_one_at_a_time");
    }

    @Test
    void findsTheCentreOfThePlaceOrTheNextAbove() {
        UUID countyCentre = rows.unit(UnitType.CENTRE, county, null);
        UUID townCentre = rows.unit(UnitType.CENTRE, town, null);

        assertThat(directory.centreFor(town + "001")).map(Unit::id).contains(townCentre);
        assertThat(directory.centreFor(county + "102")).map(Unit::id).contains(countyCentre);
        assertThat(directory.countyCentreFor(town + "001")).map(Unit::id).contains(countyCentre);
    }

    @Test
    void neverLetsTheAccusedReceiveTheComplaint() {
        String prefecture = county.substring(0, 4);
        jdbcClean(prefecture);
        UUID above = rows.unit(UnitType.DEPARTMENT, prefecture, null);
        UUID organ = rows.unit(UnitType.DEPARTMENT, county, null);
        UUID centre = rows.unit(UnitType.CENTRE, county, null);
        UUID section = rows.unit(UnitType.DEPARTMENT, county, centre);
        UUID organSection = rows.unit(UnitType.DEPARTMENT, county, organ);
        UUID office = rows.unit(UnitType.DEPARTMENT, county, null);
        UUID village = rows.unit(UnitType.VILLAGE_COMMITTEE, town + "001", null);
        rows.receives(prefecture, above);
        rows.receives(county, organ);

        assertThat(directory.receivingOrganFor(office)).map(Unit::id).contains(organ);
        assertThat(directory.receivingOrganFor(village)).map(Unit::id).contains(organ);
        assertThat(directory.receivingOrganFor(centre)).map(Unit::id).contains(above);
        assertThat(directory.receivingOrganFor(section)).map(Unit::id).contains(above);
        assertThat(directory.receivingOrganFor(organ)).map(Unit::id).contains(above);
        assertThat(directory.receivingOrganFor(organSection)).map(Unit::id).contains(above);
        assertThat(directory.receivingOrganFor(above)).isEmpty();
    }

    @Test
    void namesAUnitWithAllUnderIt() {
        UUID top = rows.unit(UnitType.TOWN, town, null);
        UUID middle = rows.unit(UnitType.VILLAGE_COMMITTEE, town + "001", top);
        UUID bottom = rows.unit(UnitType.GRID_TEAM, town + "001", middle);
        rows.unit(UnitType.TOWN, town, null);

        assertThat(directory.withSubUnits(top)).extracting(Unit::id).containsExactlyInAnyOrder(top, middle, bottom);
    }

    @Test
    void findsUnitsByAPartOfTheNameByInitialsAndNotByPercentSigns() {
        UUID unit = rows.unit(UnitType.DEPARTMENT, county, null);
        rows.update("update directory.unit set name = '枫桥试验所', initials = 'fqsys' where id = ?", unit);

        assertThat(directory.searchUnits("试验所", county, 10)).extracting(Unit::id).containsExactly(unit);
        assertThat(directory.searchUnits("FQS", county, 10)).extracting(Unit::id).containsExactly(unit);
        assertThat(directory.searchUnits("fqs", "97", 10)).isEmpty();
        assertThat(directory.searchUnits("没有这样的名字", county, 10)).isEmpty();
        assertThat(categories.search("没有这样的名字", 10)).isEmpty();
        assertThat(directory.searchUnits("%", county, 10)).isEmpty();
        assertThat(directory.searchUnits("' or 1=1 --", county, 10)).isEmpty();
        assertThat(directory.searchUnits("\\", county, 10)).isEmpty();
        assertThat(directory.searchUnits("  ", county, 10)).isEmpty();
    }

    @Test
    void addsAPathOfCategoriesOnceAndKnowsItAgain() {
        Category again = Acting.as(new Actor.Machine("test"), () -> categories.addPath(List.of("试验大类", "试验" + county, " 细类 ")));

        assertThat(again).isEqualTo(third);
        assertThat(third.code()).hasSize(6).startsWith(second.code());
        assertThat(categories.path(third.code(), java.util.Locale.CHINA)).isEqualTo("试验大类 / 试验" + county + " / 细类");
        assertThat(categories.children(second.code())).containsExactly(third);
        assertThatThrownBy(() -> categories.addPath(List.of("a", "b", "c", "d"))).isInstanceOf(IllegalArgumentException.class);
    }

    private void jdbcClean(String prefecture) {
        rows.update("delete from directory.receiving_organ where division_code = ?", prefecture);
    }

    private UUID lead(String category, String division) {
        return directory.whoHandles(category, division).orElseThrow().lead().id();
    }
}
