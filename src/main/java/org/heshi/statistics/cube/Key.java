package org.heshi.statistics.cube;

/** Keys of cells. Codes stand in them by their numbers ({@link CellWords}); the empty code is 0. */
final class Key {

    private Key() {
    }

    /** Of a matter: kind, category, channel, level, outcome. */
    static long matter(int kind, int category, int channel, int level, int outcome) {
        return (long) small(kind) << 46 | (long) wide(category) << 30 | (long) small(channel) << 16 | (long) (level & 3) << 14 | small(outcome);
    }

    /** The highest key that a matter of this kind can have: keys are ordered by kinds first. */
    static long lastOfKind(int kind) {
        return (kind + 1L << 46) - 1;
    }

    static int kind(long key) {
        return (int) (key >> 46) & 0x3FFF;
    }

    static int category(long key) {
        return (int) (key >> 30) & 0xFFFF;
    }

    static int channel(long key) {
        return (int) (key >> 16) & 0x3FFF;
    }

    static int level(long key) {
        return (int) (key >> 14) & 3;
    }

    static int outcome(long key) {
        return (int) key & 0x3FFF;
    }

    /** Of a unit: itself, kind, outcome. */
    static long unit(int unit, int kind, int outcome) {
        return (long) unit << 28 | (long) small(kind) << 14 | small(outcome);
    }

    static int unitOf(long key) {
        return (int) (key >> 28);
    }

    static int kindOfUnit(long key) {
        return (int) (key >> 14) & 0x3FFF;
    }

    /** Of an hour: hour, day of the week, kind. */
    static long hour(int hour, int weekday, int kind) {
        return (long) hour << 17 | (long) weekday << 14 | small(kind);
    }

    static int hourOf(long key) {
        return (int) (key >> 17);
    }

    static int weekday(long key) {
        return (int) (key >> 14) & 7;
    }

    private static int small(int word) {
        if (word > 0x3FFF) {
            throw new IllegalStateException("too many codes");
        }
        return word;
    }

    private static int wide(int word) {
        if (word > 0xFFFF) {
            throw new IllegalStateException("too many codes");
        }
        return word;
    }
}
