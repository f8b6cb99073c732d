package org.heshi.kernel;

import java.util.List;
import java.util.Objects;

/**
 * Why something was not done: a stable code, the field it concerns (empty when it concerns the whole), and what the message needs.
 * The page renders it in the reader's language from the message {@code refusal.<code>}, beside the field.
 */
public record Refusal(String code, String field, List<Object> arguments) {

    public Refusal {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(field, "field");
        arguments = List.copyOf(arguments);
    }

    /** A refusal of the whole request. */
    public static Refusal of(String code, Object... arguments) {
        return new Refusal(code, "", List.of(arguments));
    }

    /** A refusal that stands beside one field. */
    public static Refusal at(String field, String code, Object... arguments) {
        return new Refusal(code, field, List.of(arguments));
    }
}
