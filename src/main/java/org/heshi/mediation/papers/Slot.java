package org.heshi.mediation.papers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.heshi.matters.Matters.Evidence;

/**
 * One paper of a case's file, in its place.
 *
 * @param kind     without the room's prefix, as {@code agreement}
 * @param about    number of the party or entry that it is about; 0: of the case
 * @param whose    in words, to tell those of a kind apart; may be empty
 * @param numbered whether it bears the case's number
 * @param audience whose it is to read
 * @param content  what it says now; empty where there is nothing to fill it from yet
 * @param scans    pictures that are bound in behind it
 */
record Slot(String kind, int about, String whose, Need need, boolean numbered, Set<String> audience, Optional<Supplier<Content>> content, List<Evidence> scans) {

    enum Need {
        /** The file is not bound without it. */ REQUIRED,
        /** Good to have. */ OPTIONAL
    }

    String code() {
        return "mediation-" + kind;
    }

    boolean of(String kind, int about) {
        return this.kind.equals(kind) && this.about == about;
    }
}
