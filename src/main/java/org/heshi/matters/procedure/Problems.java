package org.heshi.matters.procedure;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong while files are read, so that a deployer sees all of it at once. */
final class Problems {

    private final List<Violation> found = new ArrayList<>();

    void add(Piece.Place at, String message) {
        found.add(new Violation(at.file(), at.line(), message));
    }

    void add(String file, int line, String message) {
        found.add(new Violation(file, line, message));
    }

    int count() {
        return found.size();
    }

    Violations violations() {
        return Violations.of(found);
    }
}
