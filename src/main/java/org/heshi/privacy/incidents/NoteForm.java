package org.heshi.privacy.incidents;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is added to a breach. */
public record NoteForm(@Nullable String what, @Nullable String words, @Nullable String doneAt) {

    public NoteForm {
        what = Objects.requireNonNullElse(what, "");
        words = Objects.requireNonNullElse(words, "");
        doneAt = Objects.requireNonNullElse(doneAt, "");
    }
}
