package org.heshi.mediation.stories;

import java.util.Objects;

/** What is typed of a story. */
public record StoryForm(String title, String words) {

    public StoryForm {
        title = Objects.requireNonNullElse(title, "");
        words = Objects.requireNonNullElse(words, "");
    }
}
