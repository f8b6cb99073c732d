package org.heshi.matters.look;

import java.time.Instant;
import java.util.List;
import org.heshi.kernel.MatterNumber;

/** Which offices opened a matter, the newest first. */
public record WhoLookedPage(MatterNumber number, List<Line> lines, List<Opened> opened) {

    public WhoLookedPage {
        lines = List.copyOf(lines);
        opened = List.copyOf(opened);
    }

    /** @param ground message key @param judgement message key */
    public record Opened(String unit, Instant at, String ground, String judgement) {
    }

    /**
     * @param hour     the beginning of the hour in which it was
     * @param why      message key of how the office stands to the matter
     * @param what     message key of what was read
     */
    public record Line(String unit, Instant hour, String why, String what) {
    }

    public String back() {
        return "/follow/" + number.digits();
    }
}
