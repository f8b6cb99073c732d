package org.heshi.matters.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.heshi.matters.Clause;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Clauses of an agreement in plain words, one on each line; parties by their number. */
@Component
public class ClauseWords {

    private final MessageSource messages;

    ClauseWords(MessageSource messages) {
        this.messages = messages;
    }

    /** What does not read as clauses, such as words that were put in their place when a part was erased, stands as it is. */
    public String in(String written, Locale locale) {
        List<Clause> clauses;
        try {
            clauses = Clause.read(written);
        } catch (JacksonException | java.time.DateTimeException _) {
            return written;
        }
        List<String> lines = new ArrayList<>();
        for (Clause clause : clauses) {
            String towards = clause.towards().map(party -> messages.getMessage(clause.amount().isPresent() ? "view.clause.towards" : "view.clause.for", new Object[] {Integer.toString(party)}, locale)).orElse("");
            String amount = clause.amount().map(sum -> messages.getMessage("view.clause.amount", new Object[] {sum.figures(), sum.capitals()}, locale)).orElse("");
            String how = clause.how().isEmpty() ? "" : messages.getMessage("view.clause.how", new Object[] {clause.how()}, locale);
            lines.add(messages.getMessage("view.clause", new Object[] {Integer.toString(lines.size() + 1), Integer.toString(clause.who()), clause.by().toString(), towards, clause.what(),
                    amount, how}, locale));
        }
        return String.join("\n", lines);
    }
}
