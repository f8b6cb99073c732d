package org.heshi.matters.act;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.kernel.Refusal;

/** Children under fourteen (PIPL 28, 31): their data is sensitive, and needs a guardian's consent. */
final class Minors {

    /** The field that says whether a child is concerned, and what it says then. */
    static final String FIELD = "under-14";
    static final String CHILD = "child";

    private static final int AGE = 14;
    /** Citizens' identity numbers (GB 11643-1999), not as part of a longer one. */
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])([1-9][0-9]{5})((?:19|20)[0-9]{6})([0-9]{3})([0-9Xx])(?![0-9])");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final DateTimeFormatter BIRTH = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private Minors() {
    }

    /** As an entry says it that names a child and the guardian. */
    static String said() {
        return "\"" + FIELD + "\":\"" + CHILD + "\"";
    }

    /** Refused when a child's identity number stands in the words and nobody said that a child is concerned. */
    static Optional<Refusal> unsaid(Typed typed, LocalDate today) {
        boolean said = CHILD.equals(typed.data().get(FIELD));
        return !said && typed.words().stream().anyMatch(words -> !words.kind().equals("file") && namesAChild(words.value(), today))
                ? Optional.of(Refusal.at(FIELD, "child-named")) : Optional.empty();
    }

    /** Whether the text holds the valid identity number of somebody who is not yet fourteen on that day. */
    static boolean namesAChild(String text, LocalDate today) {
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            if (valid(number.group()) && born(number.group(2)).filter(day -> !day.isAfter(today) && day.plusYears(AGE).isAfter(today)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean valid(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11) == Character.toUpperCase(number.charAt(17));
    }

    private static Optional<LocalDate> born(String digits) {
        try {
            return Optional.of(LocalDate.parse(digits, BIRTH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
