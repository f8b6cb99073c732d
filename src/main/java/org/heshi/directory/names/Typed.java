package org.heshi.directory.names;

import java.util.Locale;

/** What a person typed into a search field, made safe for LIKE: its own percent signs mean themselves. */
public record Typed(String text) {

    private static final int LONGEST = 60;

    public Typed {
        text = text.strip();
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
        text = text.replace("\u0000", "");
    }

    public boolean blank() {
        return text.isEmpty();
    }

    public String anywhere() {
        return "%" + escaped(text) + "%";
    }

    public String atTheStart() {
        return escaped(text) + "%";
    }

    /** Pinyin initials as typed, anywhere in a name; a pattern that matches nothing when Chinese was typed. */
    public String initials() {
        String letters = text.toLowerCase(Locale.ROOT);
        return letters.chars().allMatch(c -> c < 128) ? "%" + escaped(letters) + "%" : "\n";
    }

    private static String escaped(String s) {
        return s.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
