package org.heshi.kernel;

/** Content lines of iCalendar and vCard. */
public final class FoldedLines {

    private static final int LINE = 75;

    private FoldedLines() {
    }

    /** Lines of at most 75 octets, none cut within a character (RFC 5545, section 3.1). */
    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (c == '\r' || c == '\n') {
                octets = 0;
            } else if (octets + size > LINE) {
                out.append("\r\n ");
                octets = 1 + size;
            } else {
                octets += size;
            }
            out.appendCodePoint(c);
        }
        return out.toString();
    }
}
