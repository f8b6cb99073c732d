package org.heshi.divisions;

import java.util.List;
import org.heshi.kernel.Refusal;

/**
 * The local levels below the village: grids (15 digits, 12 + 3) and below them micro-grids (17 digits, 15 + 2). Codes are given in order and
 * never a second time. Everything takes effect today, Asia/Shanghai. Whoever calls has made sure that an administrator acts.
 */
public interface Grids {

    /**
     * Adds grids under a village, or micro-grids under a grid, all or none, in the order of the names.
     *
     * @throws java.util.NoSuchElementException when no village or grid of that code stands today
     */
    Answer add(String parent, List<String> names);

    /** Gives a grid or micro-grid another name from today on. @throws java.util.NoSuchElementException when none of that code stands today */
    Answer rename(String code, String name);

    /** Ends a grid or micro-grid today; refused while micro-grids stand under it. @throws java.util.NoSuchElementException as above */
    Answer end(String code);

    /** What became of it. */
    sealed interface Answer {
    }

    /** It was done; the places as they stand now (or stood, when ended). */
    record Done(List<Division> places) implements Answer {
        public Done {
            places = List.copyOf(places);
        }
    }

    record Refused(List<Refusal> reasons) implements Answer {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
