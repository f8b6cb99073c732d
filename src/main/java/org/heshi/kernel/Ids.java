package org.heshi.kernel;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as they come from outside: in an address, a form, an entry's content. */
public final class Ids {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {
    }

    /** The id that was written, whole and with its hyphens; empty for anything else ({@link UUID#fromString} takes shorter ones for whole). */
    public static Optional<UUID> find(String written) {
        return ID.matcher(written).matches() ? Optional.of(UUID.fromString(written)) : Optional.empty();
    }
}
