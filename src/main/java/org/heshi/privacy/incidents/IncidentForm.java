package org.heshi.privacy.incidents;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is typed when a breach is found: as little as is known then. */
public record IncidentForm(@Nullable String title, @Nullable String foundAt, @Nullable String words) {

    public IncidentForm {
        title = Objects.requireNonNullElse(title, "");
        foundAt = Objects.requireNonNullElse(foundAt, "");
        words = Objects.requireNonNullElse(words, "");
    }
}
