package org.heshi.matters.log;

import java.util.Set;

/** What is done to a matter by law whatever its procedure, so that no procedure names it. */
public final class HouseActs {

    public static final String PUT_AWAY = "put-away";
    public static final String TAKE_OUT = "take-out";
    public static final String ERASE = "erase";
    public static final String CORRECT = "correct";
    /** The field that holds the words of a correction. */
    public static final String CORRECTION = "correction";

    public static final Set<String> ALL = Set.of(PUT_AWAY, TAKE_OUT, ERASE, CORRECT);

    private HouseActs() {
    }
}
