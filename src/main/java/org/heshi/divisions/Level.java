package org.heshi.divisions;

/**
 * The levels of places: five of the National Bureau of Statistics, and grid and micro-grid below them.
 * Code lengths: 2, 4, 6, 9, 12 (statistical division codes), 15 and 17 (local convention).
 */
public enum Level {
    PROVINCE(2), PREFECTURE(4), COUNTY(6), TOWN(9), VILLAGE(12), GRID(15), MICRO_GRID(17);

    private final int digits;

    Level(int digits) {
        this.digits = digits;
    }

    public int digits() {
        return digits;
    }

    /** @throws IllegalArgumentException when no level has codes of that length */
    public static Level of(String code) {
        for (Level level : values()) {
            if (level.digits == code.length()) {
                return level;
            }
        }
        throw new IllegalArgumentException("no division level has codes of " + code.length() + " digits");
    }
}
