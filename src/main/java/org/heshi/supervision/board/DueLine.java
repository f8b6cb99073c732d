package org.heshi.supervision.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.Limits;
import org.heshi.matters.MatterRows.Row;

/**
 * One limit in a list.
 *
 * @param unit   whom it binds, empty when that is no single unit
 * @param lastAt the last instant that is in time
 * @param late   message key of how late it is, {@code supervision.late.*}; empty while it is in time
 */
public record DueLine(Row matter, Bilingual title, String unit, Instant lastAt, String late, long count) {

    static DueLine of(Limits.Line line, Optional<String> unit, Instant now) {
        Duration over = Duration.between(line.dueAt(), now);
        boolean late = !over.isNegative();
        long count = line.hours() && over.toHours() < 48 ? over.toHours() : over.toDays();
        String key = !late ? "" : line.hours() && over.toHours() < 48 ? "hours" : "days";
        return new DueLine(line.matter(), line.title(), unit.orElse(""), line.dueAt().minusSeconds(1), key.isEmpty() ? "" : "supervision.late." + key,
                key.equals("days") ? count + 1 : count);
    }

    public String href() {
        return "/matters/" + matter.number().digits();
    }
}
