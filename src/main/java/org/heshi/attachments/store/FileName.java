package org.heshi.attachments.store;

import java.util.Locale;
import java.util.Map;

/** The name under which a file is shown and saved: what its sender called it, without anything that deceives or harms. */
final class FileName {

    private static final Map<String, String> ENDINGS = Map.of("image/jpeg", ".jpg", "image/png", ".png");
    private static final int LONGEST = 70;

    private FileName() {
    }

    /**
     * The last part of the path, without control characters, direction marks, quotes and the signs that paths and pages are made of; its ending
     * is that of what the file is now.
     */
    static String of(String sent, String mediaType) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder();
        int count = 0;
        for (int i = 0; i < last.length() && count < LONGEST; ) {
            int c = last.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '(' || c == ')' || c == '（' || c == '）') {
                clean.appendCodePoint(c);
                count++;
            } else if (c == '.' || Character.isWhitespace(c) || c == '　') {
                clean.append(c == '.' ? '.' : ' ');
                count++;
            }
        }
        String name = clean.toString().strip().replaceAll("\\.{2,}", ".").replaceAll(" {2,}", " ");
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 && name.length() - dot <= 6 ? name.substring(0, dot) : name;
        stem = stem.replaceAll("^[. ]+|[. ]+$", "");
        return (stem.isEmpty() ? "photo" : stem) + ENDINGS.getOrDefault(mediaType.toLowerCase(Locale.ROOT), "");
    }
}
