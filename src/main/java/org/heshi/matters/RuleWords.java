package org.heshi.matters;

import java.util.Locale;

/** Says in words by which rule a matter was put away, erased or corrected: entries hold it as a code, and residents read them. */
public interface RuleWords {

    /** @param rule as the entry holds it; also one of a version of the program that is no more */
    String in(String rule, Locale locale);
}
