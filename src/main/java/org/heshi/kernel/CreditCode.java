package org.heshi.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * The unified social credit code of an organisation: 18 characters, the last of which checks the others (GB 32100-2015).
 *
 * @param characters as it is written, in capitals
 */
public record CreditCode(String characters) {

    /** Without I, O, S, V and Z, which look like other characters. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;

    /** @throws IllegalArgumentException when it is none */
    public CreditCode {
        if (!valid(characters)) {
            throw new IllegalArgumentException("no credit code");
        }
    }

    /** Spaces, hyphens, small letters and full-width characters are understood; empty when it is no code or its check character is wrong. */
    public static Optional<CreditCode> parse(String typed) {
        String code = Words.narrow(typed).replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return valid(code) ? Optional.of(new CreditCode(code)) : Optional.empty();
    }

    private static boolean valid(String code) {
        return code.length() == LENGTH && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0) && code.charAt(LENGTH - 1) == check(code);
    }

    /** The check character of the first 17: weights are the powers of 3, modulo 31; what is missing to 31, and 0 for 31. */
    static char check(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }

    @Override
    public String toString() {
        return characters;
    }
}
