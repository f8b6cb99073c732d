package org.heshi.matters.look;

import java.time.Instant;
import java.util.List;
import org.heshi.kernel.MatterNumber;

/** Which offices opened a matter, the newest first. */
public record WhoLookedPage(MatterNumber number, List<Line> lines) {

    public WhoLookedPage {
        lines = List.copyOf(lines);
    }

    /**
     * @param hour     the beginning of the hour in which it was
     * @param why      message key of how the office stands to the matter
     * @param contacts whether the name and the contacts were asked for
     */
    public record Line(String unit, Instant hour, String why, boolean contacts) {
    }

    public String back() {
        return "/follow/" + number.digits();
    }
}
