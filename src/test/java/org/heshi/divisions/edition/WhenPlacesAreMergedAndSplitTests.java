package org.heshi.divisions.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenPlacesAreMergedAndSplitTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Succeeding succeeding;
    @Autowired
    Divisions divisions;

    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());

    private void take(String... lines) {
        succeeding.take(SucceedDivisions.lines(List.of(lines)), today);
    }

    @Test
    void aRenumberedTownKeepsItsIdAndAllBelowIt() {
        County county = County.make(context);
        var before = divisions.get(county.villageA);
        take(county.townA + "," + county.code + "111");
        assertThat(divisions.find(county.townA)).isEmpty();
        assertThat(divisions.get(county.code + "111201")).satisfies(now -> {
            assertThat(now.id()).isEqualTo(before.id());
            assertThat(now.name()).isEqualTo(before.name());
        });
        assertThat(divisions.moved()).containsEntry(county.townA, county.code + "111").containsEntry(county.villageA, county.code + "111201");
    }

    @Test
    void aMergedTownLeadsToTheOtherAndASplitVillageToWhatHoldsItsParts() {
        County county = County.make(context);
        take(county.townB + "," + county.townA, county.villageB + "," + county.townA + "202,乙一村");
        assertThat(divisions.find(county.townB)).isEmpty();
        assertThat(divisions.moved()).containsEntry(county.townB, county.townA).containsEntry(county.villageB, county.townA + "202");
    }

    @Test
    void whatEndedStandsForNoReportAFewSecondsLater() {
        County county = County.make(context);
        assertThat(divisions.stands(county.townB)).isTrue();
        assertThat(divisions.stands(county.code + "199")).isFalse();
        take(county.townB + "," + county.code + "111");
        assertThat(divisions.stands(county.code + "111")).as("what is new stands at once").isTrue();
        Eventually.that("the old code stands no more", () -> !divisions.stands(county.townB));
        assertThat(divisions.stands(county.townA)).isTrue();
    }

    @Test
    void aSplitTownCountsUnderTheCounty() {
        County county = County.make(context);
        take(county.townB + "," + county.townA, county.townB + "," + county.code + "103,丙镇", county.villageB + "," + county.code + "103201,乙一村");
        assertThat(divisions.moved()).containsEntry(county.villageB, county.code + "103201").doesNotContainEntry(county.townB, county.townA);
        assertThat(divisions.get(county.code + "103").name()).isEqualTo("丙镇");
    }

    @Test
    void changesNothingWhenALineIsWrong() {
        County county = County.make(context);
        assertThatThrownBy(() -> take(county.townB + "," + county.code + "103", county.code + "199," + county.townA)).isInstanceOf(BadEdition.class).hasMessageContaining("does not stand");
        assertThatThrownBy(() -> take(county.townB + "," + county.townA)).as("its village would stand without it").hasMessageContaining("without its parent");
        assertThatThrownBy(() -> take(county.townB + "," + county.villageA)).isInstanceOf(BadEdition.class).hasMessageContaining("line 1");
        assertThat(divisions.find(county.townB)).isPresent();
    }
}
