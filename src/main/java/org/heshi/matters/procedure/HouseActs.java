package org.heshi.matters.procedure;

import java.util.Set;

/** What is done to a matter by law whatever its procedure: no procedure has an action of such a name, and the proof trusts that. */
public final class HouseActs {

    public static final String PUT_AWAY = "put-away";
    public static final String TAKE_OUT = "take-out";
    public static final String ERASE = "erase";
    /** Some particulars of a matter go, the others stay. */
    public static final String ERASE_PART = "erase-part";
    public static final String CORRECT = "correct";
    /** The field that holds the words of a correction. */
    public static final String CORRECTION = "correction";

    /** The field that holds the words why the others stay. */
    public static final String STAYS = "stays";

    public static final Set<String> ALL = Set.of(PUT_AWAY, TAKE_OUT, ERASE, ERASE_PART, CORRECT);

    /** Where a particular stands, as an entry of that act names it: number of the entry, field, and place in it, with blanks between. */
    public static String place(int seq, String field, int ordinal) {
        return seq + " " + field + " " + ordinal;
    }

    private HouseActs() {
    }
}
