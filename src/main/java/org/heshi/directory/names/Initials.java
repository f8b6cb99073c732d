package org.heshi.directory.names;

import com.ibm.icu.text.Transliterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The first letters of a name as people type them: 枫桥镇 is fqz; Latin letters and digits stay, everything else is passed over. */
public final class Initials {

    private static final Map<Integer, String> LETTERS = new ConcurrentHashMap<>();

    /** Characters whose everyday reading in names of places and people is not the one that the table gives. */
    private static final Map<Integer, String> READINGS = Map.of((int) '重', "c", (int) '曾', "z", (int) '解', "j",
            (int) '调', "t", (int) '长', "c", (int) '盛', "s", (int) '厦', "x", (int) '沈', "s");

    private Initials() {
    }

    public static String of(String name) {
        StringBuilder initials = new StringBuilder();
        name.codePoints().forEach(c -> initials.append(letter(c)));
        return initials.toString();
    }

    private static String letter(int c) {
        if (c < 128) {
            return Character.isLetterOrDigit(c) ? Character.toString(Character.toLowerCase(c)) : "";
        }
        if (!Character.isIdeographic(c)) {
            return "";
        }
        String reading = READINGS.get(c);
        return reading != null ? reading : LETTERS.computeIfAbsent(c, Initials::look);
    }

    private static String look(int c) {
        String latin = Table.HAN.transliterate(Character.toString(c));
        return !latin.isEmpty() && latin.charAt(0) >= 'a' && latin.charAt(0) <= 'z' ? latin.substring(0, 1) : "";
    }

    /** Loaded with the first Chinese name, not before: the table takes a while. */
    private static final class Table {
        static final Transliterator HAN = Transliterator.getInstance("Han-Latin; Latin-ASCII; Lower");
    }
}
