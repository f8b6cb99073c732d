package org.heshi.documents.command;

import java.util.List;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Ids;

/** The unit that somebody at the keyboard means. */
final class NamedUnit {

    private static final int SHOWN = 10;

    private NamedUnit() {
    }

    /** @param typed its id or its whole name @throws IllegalArgumentException in a sentence, when there is none, or more than one */
    static Unit of(Directory directory, String typed) {
        List<Unit> found = Ids.find(typed).flatMap(directory::findUnit).map(List::of)
                .orElseGet(() -> directory.searchUnits(typed, "", SHOWN).stream().filter(unit -> unit.name().equals(typed)).toList());
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new IllegalArgumentException(found.isEmpty() ? "no unit has the name or the id " + typed : found.size() + " units are called " + typed + ": name one by its id, "
                + found.stream().map(unit -> unit.id() + " in " + unit.division()).toList());
    }
}
