package org.heshi.directory.names;

import java.util.ArrayList;
import java.util.List;
import org.heshi.divisions.Level;

/** The codes of a place and of all places that it lies in. */
public final class Prefixes {

    private Prefixes() {
    }

    /** From the code itself up to its province. */
    public static String[] ofDivision(String code) {
        List<String> prefixes = new ArrayList<>();
        Level[] levels = Level.values();
        for (int i = levels.length - 1; i >= 0; i--) {
            if (levels[i].digits() <= code.length()) {
                prefixes.add(code.substring(0, levels[i].digits()));
            }
        }
        return prefixes.toArray(String[]::new);
    }
}
