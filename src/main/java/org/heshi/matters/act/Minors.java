package org.heshi.matters.act;

import java.time.LocalDate;
import java.util.Optional;
import org.heshi.kernel.IdentityNumber;
import org.heshi.kernel.Refusal;

/** Children under fourteen (PIPL 28, 31): their data is sensitive, and needs a guardian's consent. */
final class Minors {

    /** The field that says whether a child is concerned, and what it says then. */
    static final String FIELD = "under-14";
    static final String CHILD = "child";

    private static final int AGE = 14;

    private Minors() {
    }

    /** As an entry says it that names a child and the guardian. */
    static String said() {
        return "\"" + FIELD + "\":\"" + CHILD + "\"";
    }

    /** Refused when a child's identity number stands in the words and nobody said that a child is concerned. */
    static Optional<Refusal> unsaid(Typed typed, LocalDate today) {
        boolean said = CHILD.equals(typed.data().get(FIELD));
        return !said && typed.words().stream().anyMatch(words -> !words.kind().equals("file") && namesAChild(words.value(), today))
                ? Optional.of(Refusal.at(FIELD, "child-named")) : Optional.empty();
    }

    /** Whether the text holds the valid identity number of somebody who is not yet fourteen on that day. */
    static boolean namesAChild(String text, LocalDate today) {
        return IdentityNumber.in(text).stream().anyMatch(number -> !number.born().isAfter(today) && number.youngerThan(AGE, today));
    }
}
