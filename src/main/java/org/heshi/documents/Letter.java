package org.heshi.documents;

import java.util.List;

/**
 * The plainest paper: a letter or notice of a unit to somebody, by the kind {@code letter}.
 *
 * @param title   as it stands above
 * @param to      whom it is for; may be empty
 * @param words   paragraphs
 * @param facts   a table below them; may be empty
 * @param signers who signs it beside the unit; may be empty
 * @param unit    that issues it
 */
public record Letter(String title, String to, List<String> words, List<Fact> facts, List<Signer> signers, String unit) {

    public Letter {
        words = List.copyOf(words);
        facts = List.copyOf(facts);
        signers = List.copyOf(signers);
    }

    public record Fact(String label, String value) {
    }
}
