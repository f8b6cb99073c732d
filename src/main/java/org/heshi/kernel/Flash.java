package org.heshi.kernel;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What the next page says once, after a redirect: put it into the redirect's flash attributes under {@link #ATTRIBUTE} and the layout
 * shows it. Arguments are what the message needs; they outlive the request, so they are plain serializable values.
 */
public record Flash(boolean good, String key, List<Serializable> arguments) implements Serializable {

    public static final String ATTRIBUTE = "flash";

    public Flash {
        Objects.requireNonNull(key, "key");
        arguments = List.copyOf(arguments);
    }

    /** Something was done. */
    public static Flash done(String key, Serializable... arguments) {
        return new Flash(true, key, List.of(arguments));
    }

    /** Something was not done, or needs attention. */
    public static Flash warning(String key, Serializable... arguments) {
        return new Flash(false, key, List.of(arguments));
    }
}
