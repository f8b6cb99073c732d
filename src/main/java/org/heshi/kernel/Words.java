package org.heshi.kernel;

/** What people typed, made safe to keep: nothing they can see is lost. */
public final class Words {

    private Words() {
    }

    /**
     * Takes away what nobody can see and what deceives the eye: control characters but for tab and line break, zero-width spaces, byte order
     * marks and the marks that turn the direction of text around. A lone surrogate becomes U+FFFD. Line ends become a line feed. White space at
     * both ends goes, the full-width space included. Letters of scripts written from right to left stay.
     */
    public static String clean(String typed) {
        StringBuilder out = new StringBuilder(typed.length());
        for (int i = 0; i < typed.length(); ) {
            int c = typed.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r') {
                if (i >= typed.length() || typed.charAt(i) != '\n') {
                    out.append('\n');
                }
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.append('�');
            } else if (c == '\t' || c == '\n' || !hidden(c)) {
                out.appendCodePoint(c);
            }
        }
        int from = 0;
        int to = out.length();
        while (from < to && blank(out.charAt(from))) {
            from++;
        }
        while (to > from && blank(out.charAt(to - 1))) {
            to--;
        }
        return out.substring(from, to);
    }

    /** As {@link #clean}, on one line: every run of white space is one space. */
    public static String line(String typed) {
        return clean(typed).replaceAll("[\\s　]+", " ");
    }

    /** With full-width letters, digits and signs as narrow ones, as a Chinese keyboard sends them; everything else stays. */
    public static String narrow(String typed) {
        StringBuilder out = new StringBuilder(typed.length());
        typed.codePoints().map(c -> c >= '！' && c <= '～' ? c - '！' + '!' : c == '　' ? ' ' : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    public static int length(String words) {
        return words.codePointCount(0, words.length());
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || c == '\u00A0' || c == '\u3000';
    }

    private static boolean hidden(int c) {
        return Character.isISOControl(c)
                || c == 0x200B || c == 0x200E || c == 0x200F || c == 0x061C || c == 0x2060 || c == 0xFEFF
                || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
                || c >= 0xFFF9 && c <= 0xFFFB
                || (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF
                || c >= 0xE0000 && c <= 0xE007F;
    }
}
