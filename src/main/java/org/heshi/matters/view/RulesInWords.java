package org.heshi.matters.view;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.RuleWords;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The register's version with its term, the number of a request, or that it came back with a backup. */
@Component
class RulesInWords implements RuleWords {

    private static final Pattern TERM = Pattern.compile("register-([0-9]{1,9}) ([a-z0-9-]+)\\.([a-z0-9-]*) ([0-9]{1,4})/([0-9]{1,4})");
    private static final String CAME_BACK = "came-back";

    private final Procedures procedures;
    private final MessageSource messages;

    RulesInWords(Procedures procedures, MessageSource messages) {
        this.procedures = procedures;
        this.messages = messages;
    }

    @Override
    public String in(String rule, Locale locale) {
        Matcher term = TERM.matcher(rule);
        if (term.matches()) {
            return messages.getMessage("house.rule.term", new Object[] {term.group(1), what(term.group(2), term.group(3), locale), term.group(4), term.group(5)}, locale);
        }
        if (rule.equals(CAME_BACK)) {
            return messages.getMessage("house.rule.came-back", null, locale);
        }
        return MatterNumber.parse(rule).map(number -> messages.getMessage("house.rule.request", new Object[] {number.shown()}, locale))
                .orElseGet(() -> messages.getMessage("house.rule.other", null, locale));
    }

    private String what(String kind, String outcome, Locale locale) {
        if (!procedures.has(kind)) {
            return messages.getMessage("house.rule.kind", null, locale);
        }
        Procedure procedure = procedures.current(kind);
        String title = procedure.title().in(locale);
        return procedure.outcomes().containsKey(outcome) ? title + " · " + procedure.outcomes().get(outcome).in(locale) : title;
    }
}
