package org.heshi.matters.queue;

import java.time.Instant;
import org.heshi.matters.view.MatterViews.Row;

/**
 * A line of a staff list.
 *
 * @param level     name of the level: blue, yellow, red
 * @param signable  whether who looks may sign for it from the list
 * @param due       how its next limit stands: {@code over}, {@code soon} within a day, {@code later}; empty without one
 */
public record Line(Row row, String level, Waited waited, boolean signable, String due) {

    private static final String[] LEVELS = {"blue", "yellow", "red"};

    public static Line of(Row row, Instant now, boolean signable) {
        return new Line(row, level(row.level()), Waited.between(row.since(), now), signable, due(row, now));
    }

    /** How the row's next limit stands at that instant, as the component says. */
    public static String due(Row row, Instant now) {
        return row.dueAt().map(at -> !now.isBefore(at) ? "over" : now.isAfter(at.minus(java.time.Duration.ofDays(1))) ? "soon" : "later").orElse("");
    }

    /** The name of a level as messages and styles use it. */
    public static String level(int level) {
        return LEVELS[level];
    }

    /** Where the matter's page is. */
    public String href() {
        return "/matters/" + row.number().digits();
    }

    /** What a list sends of it: the number and the version that was seen. */
    public String pick() {
        return row.number().digits() + ":" + row.version();
    }
}
