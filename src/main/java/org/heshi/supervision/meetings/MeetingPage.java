package org.heshi.supervision.meetings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.heshi.matters.MatterRows.Row;

/**
 * Minutes as the pages show them.
 *
 * @param written     who wrote them
 * @param corrects    address of the minutes that these correct
 * @param correctedBy address of those that correct these
 * @param tasks       as far as who looks may see them
 * @param mayWrite    whether who looks may set tasks and correct
 */
public record MeetingPage(String id, LocalDate heldOn, String title, List<String> units, String words, String written, Instant at, Optional<String> corrects,
        Optional<String> correctedBy, List<Row> tasks, boolean mayWrite) {

    public MeetingPage {
        units = List.copyOf(units);
        tasks = List.copyOf(tasks);
    }

    public String href() {
        return "/supervision/meetings/" + id;
    }

    /** A line of the list. */
    public record Line(String href, LocalDate heldOn, String title, List<String> units, int tasks, boolean corrected) {

        public Line {
            units = List.copyOf(units);
        }
    }
}
