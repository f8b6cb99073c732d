package org.heshi.supervision.meetings;

import java.util.Objects;
import org.heshi.kernel.Ids;

/** What is typed about a meeting. @param units one a line @param corrects id of the minutes that these correct, or empty */
public record MeetingForm(String heldOn, String title, String units, String words, String corrects) {

    public MeetingForm {
        heldOn = Objects.requireNonNullElse(heldOn, "");
        title = Objects.requireNonNullElse(title, "");
        units = Objects.requireNonNullElse(units, "");
        words = Objects.requireNonNullElse(words, "");
        corrects = Ids.find(Objects.requireNonNullElse(corrects, "")).isPresent() ? corrects : "";
    }
}
