package org.heshi.directory.posts;

import java.util.Objects;

/** First and last day of a leave, and who stands in (may be empty). */
public record LeaveForm(String from, String to, String standIn, String standInPicked) {

    public LeaveForm {
        from = Objects.requireNonNullElse(from, "");
        to = Objects.requireNonNullElse(to, "");
        standIn = Objects.requireNonNullElse(standIn, "");
        standInPicked = Objects.requireNonNullElse(standInPicked, "");
    }
}
