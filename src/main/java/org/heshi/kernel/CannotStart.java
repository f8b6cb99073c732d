package org.heshi.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the program does not start, in sentences for the person who started it; shown on standard error without a stack trace.
 * Ends the process with {@link #exitCode()}: 1 when something outside is in the way, 2 when a setting or a call is wrong.
 */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CannotStart(int exitCode, String sentences, @Nullable Throwable cause) {
        super(sentences, cause);
        this.exitCode = exitCode;
    }

    /** Something outside is in the way. */
    public static CannotStart because(String sentence) {
        return new CannotStart(1, sentence, null);
    }

    /** Something outside is in the way, and this is what it said. */
    public static CannotStart because(String sentence, Throwable cause) {
        return new CannotStart(1, sentence, cause);
    }

    /** These settings are wrong. */
    public static CannotStart wrongSettings(List<String> sentences) {
        return new CannotStart(2, String.join(System.lineSeparator(), sentences), null);
    }

    public int exitCode() {
        return exitCode;
    }
}
