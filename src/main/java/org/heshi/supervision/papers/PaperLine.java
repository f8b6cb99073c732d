package org.heshi.supervision.papers;

import org.heshi.matters.MatterRows.Row;
import org.heshi.supervision.register.Marks;
import org.heshi.supervision.register.Marks.Standing;

/** A paper in the register. @param unit to whom it went */
public record PaperLine(Marks.Line line, Row matter, String unit, Standing standing) {

    public String href() {
        return "/matters/" + matter.number().digits() + "/papers/" + line.seq();
    }

    /** How loud its standing is, as the badges know it. */
    public String tone() {
        return switch (standing) {
            case OPEN -> "active";
            case REPLIED -> "good";
            case OVERDUE -> "bad";
            case ENDED -> "done";
            case NONE -> "plain";
        };
    }

    public String standingKey() {
        return "supervision.paper." + standing.name().toLowerCase(java.util.Locale.ROOT);
    }
}
