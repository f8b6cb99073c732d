package org.heshi.kernel;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The one number a matter keeps for life: 13 digits shown 4-5-4. Node 3, year 2, random 7, check digit ISO 7064 MOD 11,10,
 * so that the nodes of a province never give the same number and one wrong digit or two swapped neighbours are noticed.
 */
public record MatterNumber(String digits) {

    public MatterNumber {
        if (!digits.matches("[0-9]{13}") || checkDigit(digits.substring(0, 12)) != digits.charAt(12)) {
            throw new IllegalArgumentException("not a matter number: " + digits);
        }
    }

    /** A random number of this node (0 to 999) and year. The caller makes it unique: the database refuses a second one. */
    public static MatterNumber draw(int node, int year, RandomGenerator random) {
        String body = "%03d%02d%07d".formatted(node, year % 100, random.nextInt(10_000_000));
        return new MatterNumber(body + checkDigit(body));
    }

    /** What a person typed: spaces and hyphens of every width are passed over; empty when it is no number of ours. */
    public static Optional<MatterNumber> parse(String typed) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < typed.length() && digits.length() < 14; i++) {
            char c = typed.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (!Character.isWhitespace(c) && "-‐‑–—－ ".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        String s = digits.toString();
        return s.length() == 13 && checkDigit(s.substring(0, 12)) == s.charAt(12)
                ? Optional.of(new MatterNumber(s)) : Optional.empty();
    }

    /** As people read it: 4-5-4. */
    public String shown() {
        return digits.substring(0, 4) + "-" + digits.substring(4, 9) + "-" + digits.substring(9);
    }

    @Override
    public String toString() {
        return shown();
    }

    /** ISO 7064 MOD 11,10, the hybrid system for one numeric check digit. */
    static char checkDigit(String body) {
        int product = 10;
        for (int i = 0; i < body.length(); i++) {
            int sum = (product + body.charAt(i) - '0') % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (char) ('0' + (11 - product) % 10);
    }
}
