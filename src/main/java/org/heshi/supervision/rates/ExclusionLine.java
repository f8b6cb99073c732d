package org.heshi.supervision.rates;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** An exclusion in the list. @param may what who looks may do with it: {@code approved}, {@code refused}, {@code ended} */
public record ExclusionLine(String id, String place, String what, String value, String reason, LocalDate from, Optional<LocalDate> to, String state,
        List<Did> story, List<String> may) {

    public ExclusionLine {
        story = List.copyOf(story);
        may = List.copyOf(may);
    }

    public record Did(String what, Instant at, String who) {
    }

    /** How loud its state is, as the badges know it. */
    public String tone() {
        return switch (state) {
            case "approved" -> "good";
            case "proposed" -> "active";
            default -> "done";
        };
    }
}
