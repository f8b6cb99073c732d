package org.heshi.statistics.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.heshi.matters.MatterRows;

/**
 * The matters behind a number.
 *
 * @param said    the filter in words
 * @param counted the number itself
 * @param missing on the last page: how many are counted and not listed (fewer than none: listed and not counted yet)
 * @param back    where the number stands
 */
public record ListPage(Asked asked, String measure, String name, List<String> said, List<Line> lines, long counted, long missing, String next, String first, String back) {

    private static final List<String> LEVELS = List.of("blue", "yellow", "red");

    public ListPage {
        said = List.copyOf(said);
        lines = List.copyOf(lines);
    }

    /** @param due how its next limit stands: {@code over}, {@code soon}, {@code later}; empty without one */
    public record Line(MatterRows.Row row, String level, String due) {

        static Line of(MatterRows.Row row, Instant now) {
            return new Line(row, LEVELS.get(row.level()), row.dueAt().map(at -> !now.isBefore(at) ? "over" : now.isAfter(at.minus(Duration.ofDays(1))) ? "soon" : "later").orElse(""));
        }
    }
}
