package org.heshi.notices.page;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.heshi.matters.MatterRows.Row;

/**
 * Notices as the page shows them.
 *
 * @param newest the newest one on it, up to which all can be marked as read; empty when there is none
 * @param unread whether any on it is unread
 * @param next   address of the next page, empty when there is none
 * @param first  address of the first page, empty on it
 */
public record NoticesPage(List<Line> lines, String newest, boolean unread, String next, String first) {

    public NoticesPage {
        lines = List.copyOf(lines);
    }

    public record Line(UUID id, Row matter, String event, Instant at, boolean read) {

        public String href() {
            return "/matters/" + matter.number().digits();
        }

        /** How loud the event is, as the badges know it. */
        public String tone() {
            return switch (event) {
                case "emergency" -> "bad";
                case "returned", "redo", "reopened", "withdrawn" -> "warn";
                default -> "active";
            };
        }
    }
}
