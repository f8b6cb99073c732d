package org.heshi.matters.procedure;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong while files are read, so that a deployer sees all of it at once. */
final class Problems {

    private final List<Violation> found;
    private final String file;
    private final String kind;

    Problems() {
        this(new ArrayList<>(), "", "");
    }

    private Problems(List<Violation> found, String file, String kind) {
        this.found = found;
        this.file = file;
        this.kind = kind;
    }

    /** The same list, filled while one kind is read: what stands in a fragment names the kind in which it is wrong. */
    Problems within(String file, String kind) {
        return new Problems(found, file, kind);
    }

    void add(Piece.Place at, String message) {
        add(at.file(), at.line(), file.isEmpty() || at.file().equals(file) ? message : "in kind '" + kind + "': " + message);
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
