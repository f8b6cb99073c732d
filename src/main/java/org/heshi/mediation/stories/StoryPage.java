package org.heshi.mediation.stories;

import java.time.LocalDate;
import java.util.List;

/** Pages of stories. */
public final class StoryPage {

    private StoryPage() {
    }

    /** As everybody reads it. */
    public record Open(String href, String type, String title, String words, LocalDate day) {

        public String beginning() {
            return words.codePointCount(0, words.length()) <= 120 ? words : words.substring(0, words.offsetByCodePoints(0, 120)) + "…";
        }
    }

    /** @param state {@code draft}, {@code published} or {@code down} */
    public record Line(String number, String href, String title, String state) {
    }

    /**
     * While it is written.
     *
     * @param missing numbers of the parties that do not consent now
     */
    public record Desk(String number, String digits, String type, boolean written, String state, List<Integer> missing) {

        public Desk {
            missing = List.copyOf(missing);
        }
    }
}
