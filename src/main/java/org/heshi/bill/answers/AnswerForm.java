package org.heshi.bill.answers;

import java.util.Objects;

/**
 * What is typed for everybody.
 *
 * @param town code; empty for the county
 * @param sure {@code true}: what was asked about is neither a name nor an address
 */
public record AnswerForm(String title, String question, String answer, String town, String sure) {

    public AnswerForm {
        title = Objects.requireNonNullElse(title, "");
        question = Objects.requireNonNullElse(question, "");
        answer = Objects.requireNonNullElse(answer, "");
        town = Objects.requireNonNullElse(town, "");
        sure = Objects.requireNonNullElse(sure, "");
    }
}
