package org.heshi.bill.answers;

import java.time.Instant;
import java.util.List;

/** Pages of answers. */
public final class AnswerPage {

    private AnswerPage() {
    }

    /** @param state {@code draft}, {@code published} or {@code down} */
    public record Line(String number, String href, String title, String state, Instant at) {
    }

    /**
     * While it is written.
     *
     * @param original title, description and answers as they stand in the matter
     * @param read     when the text was written that stands there; empty without one
     * @param own      whether who looks wrote it: then another person releases it
     * @param doubted  whether something may be a name or an address
     */
    public record Desk(String number, String digits, String kind, List<String> original, String state, String read, boolean own, boolean objected, boolean doubted, List<Town> towns) {

        public Desk {
            original = List.copyOf(original);
            towns = List.copyOf(towns);
        }
    }

    public record Town(String code, String name) {
    }
}
