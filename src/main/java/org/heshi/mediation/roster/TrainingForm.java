package org.heshi.mediation.roster;

import java.util.Objects;

/** What is typed about a training. */
public record TrainingForm(String day, String hours, String subject) {

    public TrainingForm {
        day = Objects.requireNonNullElse(day, "");
        hours = Objects.requireNonNullElse(hours, "");
        subject = Objects.requireNonNullElse(subject, "");
    }
}
