package org.heshi.matters.view;

/** Contacts as they stand on a page until somebody asks for them: enough to tell two people apart, not enough to find one. */
public final class Masked {

    private static final String STARS = "***";

    private Masked() {
    }

    /** @param field name of the field, such as {@code phone} */
    public static String of(String field, String value) {
        String text = value.strip();
        if (text.isEmpty()) {
            return text;
        }
        int at = text.indexOf('@');
        if (at > 0) {
            return first(text, 1) + STARS + text.substring(at);
        }
        boolean digits = text.chars().filter(Character::isDigit).count() >= 7 && text.chars().noneMatch(Character::isLetter);
        if (digits) {
            return first(text, 3) + "****" + text.substring(text.offsetByCodePoints(text.length(), -2));
        }
        return field.equals("address") ? first(text, Math.min(6, text.codePointCount(0, text.length()) / 2)) + STARS : first(text, 1) + "**";
    }

    private static String first(String text, int symbols) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(symbols, text.codePointCount(0, text.length()))));
    }
}
