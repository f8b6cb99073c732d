package org.heshi.documents;

import java.util.UUID;

/**
 * A number that a unit gave to a matter; all papers of a case may bear the same one.
 *
 * @param word   before the number, as {@code 枫桥人调}
 * @param number from 1 in each year, without a gap
 * @param form   how it is printed, as it was when the number was given: {@code （{year}）{word}字第{number}号}
 */
public record PaperNumber(UUID id, UUID unit, String word, int year, int number, String form) {

    /** As it is printed: {@code （2026）枫桥人调字第1号}. */
    public String shown() {
        return form.replace("{year}", Integer.toString(year)).replace("{number}", Integer.toString(number)).replace("{word}", word);
    }
}
