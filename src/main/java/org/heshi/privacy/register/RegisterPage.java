package org.heshi.privacy.register;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * @param current whether this is the version that holds now
 * @param terms   kinds with their terms in months, the ordinary one first
 */
public record RegisterPage(int version, Instant publishedAt, boolean current, int newest, Register register, List<Line> terms) {

    /** @param outcome empty for all outcomes that have no term of their own */
    public record Line(String kind, String outcome, Register.Term term) {
    }

    public String handler(Locale locale) {
        return register.handler().in(locale);
    }
}
