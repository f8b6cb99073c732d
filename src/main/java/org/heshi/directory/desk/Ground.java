package org.heshi.directory.desk;

import java.util.NoSuchElementException;
import org.heshi.directory.HeldPost;

/** An administrator administers their own division and everything below it. Of the rest the pages do not even say that it exists. */
public final class Ground {

    private static final int COUNTY_DIGITS = 6;

    private Ground() {
    }

    public static boolean covers(HeldPost by, String division) {
        return by.covers(division);
    }

    /** @throws NoSuchElementException when the division is not theirs */
    public static void check(HeldPost by, String division) {
        if (!covers(by, division)) {
            throw new NoSuchElementException("no such place on this administrator's ground");
        }
    }

    /** The category tree is the whole node's: a town's administrator reads it only. */
    public static boolean maySetCategories(HeldPost by) {
        return by.division().length() <= COUNTY_DIGITS;
    }
}
