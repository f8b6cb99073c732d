package org.heshi.supervision.task;

import java.util.Objects;

/** What is typed about a task. @param key made when the form was made */
public record TaskForm(String title, String words, String lead, String term, String key) {

    public TaskForm {
        title = Objects.requireNonNullElse(title, "");
        words = Objects.requireNonNullElse(words, "");
        lead = Objects.requireNonNullElse(lead, "");
        term = Objects.requireNonNullElse(term, "");
        key = Objects.requireNonNullElse(key, "").matches("[A-Za-z0-9-]{8,64}") ? key : java.util.UUID.randomUUID().toString();
    }

    public static TaskForm blank() {
        return new TaskForm("", "", "", "five", "");
    }
}
