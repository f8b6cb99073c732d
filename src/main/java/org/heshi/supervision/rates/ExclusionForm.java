package org.heshi.supervision.rates;

import java.util.Objects;

/** What is typed about an exclusion. @param value what it goes by and which, {@code kind:advice} */
public record ExclusionForm(String value, String reason, String from, String to) {

    public ExclusionForm {
        value = Objects.requireNonNullElse(value, "");
        reason = Objects.requireNonNullElse(reason, "");
        from = Objects.requireNonNullElse(from, "");
        to = Objects.requireNonNullElse(to, "");
    }

    String what() {
        return value.contains(":") ? value.substring(0, value.indexOf(':')) : "";
    }

    String code() {
        return value.substring(value.indexOf(':') + 1);
    }
}
