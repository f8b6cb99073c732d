package org.heshi.matters.form;

import org.heshi.kernel.Bilingual;

/**
 * One answer that a field offers.
 *
 * @param hint  a second line that helps to tell it from its like; may be empty
 * @param group heading it stands under; empty for none
 */
public record Option(String value, Bilingual label, Bilingual hint, Bilingual group) {

    private static final Bilingual NOTHING = new Bilingual("", "");

    static Option of(String value, Bilingual label) {
        return new Option(value, label, NOTHING, NOTHING);
    }

    static Option of(String value, Bilingual label, Bilingual hint) {
        return new Option(value, label, hint, NOTHING);
    }

    /** A name that is the same in both languages: a place, a unit. */
    static Option named(String value, String name, String hint) {
        return new Option(value, new Bilingual(name, name), new Bilingual(hint, hint), NOTHING);
    }
}
