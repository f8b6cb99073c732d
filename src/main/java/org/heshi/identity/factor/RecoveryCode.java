package org.heshi.identity.factor;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;

/** A code for whoever lost the authenticator: ten symbols without look-alikes, 49.5 bits, written 5-5. */
final class RecoveryCode {

    private static final String SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int LENGTH = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCode() {
    }

    static String fresh() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(SYMBOLS.charAt(RANDOM.nextInt(SYMBOLS.length())));
        }
        return code.toString();
    }

    static String shown(String code) {
        return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
    }

    /** What was typed, without what people put between; empty when it cannot be one. */
    static String normal(String typed) {
        if (typed.length() > 40) {
            return "";
        }
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
        return plain.length() == LENGTH && plain.chars().allMatch(symbol -> SYMBOLS.indexOf(symbol) >= 0) ? plain : "";
    }
}
