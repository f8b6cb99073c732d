package org.heshi.statistics;

import java.util.UUID;
import org.heshi.divisions.Level;

/** Whose figures. */
public sealed interface Whose {

    /** A place of any level and everything in it, by the code of its division. */
    record Place(String code) implements Whose {
        public Place {
            if (!code.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("no code of a place: " + code);
            }
            Level.of(code);
        }
    }

    /** What one unit leads or led, wherever it is. */
    record Unit(UUID unit) implements Whose {
    }
}
