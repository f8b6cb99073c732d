package org.heshi.matters.log;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** What is done to a matter by law whatever its procedure, so that no procedure names it. */
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

    /**
     * Which particulars an entry of that act says are gone: number of the entry, field, and place in it, with blanks between.
     *
     * @throws IllegalArgumentException when it says something else than a list of places
     */
    public static Set<String> gone(String content) {
        try {
            return CanonicalJson.object(content, "data").get("gone") instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.toSet()) : Set.of();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no list of places", e);
        }
    }

    public static String place(int seq, String field, int ordinal) {
        return seq + " " + field + " " + ordinal;
    }

    private HouseActs() {
    }
}
