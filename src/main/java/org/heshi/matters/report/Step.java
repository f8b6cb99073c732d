package org.heshi.matters.report;

import java.util.Set;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Type;

/** The three steps of a report. A field that a county adds to the procedure finds its step by its type. */
public enum Step {
    WHAT, WHERE, WHO;

    /** Set by the program, never asked: which privacy notice was shown. */
    static final String NOTICE = "notice";
    private static final Set<String> ABOUT_PEOPLE = Set.of("anonymous", "on-behalf", "under-14", "guardian-consent");

    public static Step of(Field field) {
        if (field.type() == Type.DIVISION || field.type() == Type.POINT || field.name().startsWith("place")) {
            return WHERE;
        }
        boolean people = field.type().contact() || field.type() == Type.FILES || ABOUT_PEOPLE.contains(field.name()) || field.name().startsWith("behalf");
        return people ? WHO : WHAT;
    }

    public int number() {
        return ordinal() + 1;
    }

    Step next() {
        return values()[Math.min(ordinal() + 1, values().length - 1)];
    }

    Step before() {
        return values()[Math.max(ordinal() - 1, 0)];
    }

    static Step read(String typed) {
        for (Step step : values()) {
            if (Integer.toString(step.number()).equals(typed)) {
                return step;
            }
        }
        return WHAT;
    }
}
