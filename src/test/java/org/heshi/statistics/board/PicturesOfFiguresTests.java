package org.heshi.statistics.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.heshi.divisions.Outlines.Outline;
import org.heshi.divisions.Outlines.Position;
import org.junit.jupiter.api.Test;

class PicturesOfFiguresTests {

    @Test
    void haveRoundStepsThatReachTheGreatest() {
        assertThat(List.of(0L, 1L, 4L, 5L, 17L, 90L, 1_000_000L)).allSatisfy(most -> assertThat(Lines.step(most) * 4).isGreaterThanOrEqualTo(most));
        assertThat(Lines.step(17)).isEqualTo(5);
        assertThat(Lines.step(0)).isEqualTo(1);
    }

    @Test
    void keepNamesAtTheEndsOfLinesApart() {
        Lines lines = Lines.of(List.of("1", "2"), List.of(new Lines.Series("甲", List.of(5L, 7L)), new Lines.Series("乙", List.of(1L, 7L))), "1,2");
        assertThat(Math.abs(lines.lines().get(0).labelAt() - lines.lines().get(1).labelAt())).isGreaterThanOrEqualTo(13);
        assertThat(Lines.of(List.of(), List.of(new Lines.Series("空", List.of())), "1").lines()).hasSize(1);
    }

    @Test
    void flowWithoutLossFromTheLeftToTheRight() {
        Flow flow = Flow.of(List.of(new Flow.Link("网上", "办结", 40, false), new Flow.Link("网上", "仍在办", 10, true), new Flow.Link("窗口", "办结", 5, false),
                new Flow.Link("电话", "办结", 0, false)));
        assertThat(flow.left().stream().mapToLong(Flow.Node::n).sum()).isEqualTo(55).isEqualTo(flow.right().stream().mapToLong(Flow.Node::n).sum());
        assertThat(flow.left()).extracting(Flow.Node::name).containsExactly("网上", "窗口");
        assertThat(flow.right()).filteredOn(Flow.Node::open).extracting(Flow.Node::name).containsExactly("仍在办");
        assertThat(flow.bands()).hasSize(3);
        assertThat(Flow.of(List.of()).empty()).isTrue();
    }

    @Test
    void areDarkestForTheGreatestAndEmptyForNothing() {
        assertThat(Shade.of(0, 9)).isZero();
        assertThat(Shade.of(1, 1_000_000)).isEqualTo(1);
        assertThat(Shade.of(9, 9)).isEqualTo(5);
        long[][] n = new long[24][7];
        assertThat(Heat.of(n, List.of("周一"), (_, _) -> "").empty()).isTrue();
        n[23][6] = 3;
        assertThat(Heat.of(n, List.of("周一"), (hour, day) -> hour + "/" + day).hours().getLast().spots().getLast()).isEqualTo(new Heat.Spot(3, 5, "23/7"));
    }

    @Test
    void areAMapWhereAllOutlinesAreKnownAndTilesWhereOneIsMissing() {
        Outline square = new Outline(List.of(List.of(List.of(new Position(120, 29), new Position(121, 29), new Position(121, 30), new Position(120, 30), new Position(120, 29)))));
        List<Plan.Tile> tiles = List.of(new Plan.Tile("330681101", "甲镇", 3, 5, "/a"), new Plan.Tile("330681102", "乙镇", 0, 0, "/b"));
        Plan plan = Plan.of(tiles, Map.of("330681101", square, "330681102", square));
        assertThat(plan.outlined()).isTrue();
        assertThat(plan.shapes().getFirst().x()).isBetween(190.0, 210.0);
        assertThat(plan.shapes().getFirst().path()).startsWith("M").endsWith("Z");
        assertThat(Plan.of(tiles, Map.of("330681101", square)).outlined()).isFalse();
        assertThat(Plan.of(List.of(), Map.of()).tiles()).isEmpty();
    }
}
