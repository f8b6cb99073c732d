package org.heshi.divisions.pinyin;

import com.ibm.icu.text.Transliterator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.heshi.divisions.Pinyin;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * ICU's reading of each character, corrected by {@code divisions/readings.tsv}. ICU knows one reading for a character and is asked once for
 * each; its rules (300 ms to load) are loaded with the first question.
 */
@Component
class Readings implements Pinyin {

    /** Phrases of the file by their first character, longest first. */
    private final Map<Integer, List<Phrase>> phrases = new HashMap<>();
    /** By character of the basic plane; filled as they are met, by whomever: all write the same. */
    private final @Nullable String[] syllables = new String[0x10000];
    private final Map<Integer, String> rare = new ConcurrentHashMap<>();
    private final BitSet beginPhrases = new BitSet();

    private record Phrase(String characters, String[] syllables) {
    }

    private static final class Icu {
        static final Transliterator HAN_LATIN = Transliterator.getInstance("Han-Latin");
    }

    Readings() {
        try (InputStream file = Readings.class.getResourceAsStream("/divisions/readings.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.split("\t");
                Phrase phrase = new Phrase(parts[0], parts[1].split(" "));
                if (phrase.characters.codePointCount(0, phrase.characters.length()) != phrase.syllables.length) {
                    throw new IllegalStateException("readings.tsv: as many syllables as characters, please: " + line);
                }
                phrases.computeIfAbsent(phrase.characters.codePointAt(0), c -> new ArrayList<>()).add(phrase);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        phrases.keySet().forEach(beginPhrases::set);
        phrases.values().forEach(list -> list.sort((a, b) -> b.characters.length() - a.characters.length()));
    }

    @Override
    public String initials(String name) {
        return read(name, true);
    }

    @Override
    public String full(String name) {
        return read(name, false);
    }

    private String read(String name, boolean initials) {
        StringBuilder out = new StringBuilder(initials ? name.length() : name.length() * 4);
        for (int i = 0; i < name.length();) {
            int c = name.codePointAt(i);
            Phrase phrase = phraseAt(name, i, c);
            if (phrase != null) {
                for (String syllable : phrase.syllables) {
                    out.append(syllable, 0, initials ? 1 : syllable.length());
                }
                i += phrase.characters.length();
                continue;
            }
            String syllable = syllableOf(c);
            if (!syllable.isEmpty()) {
                out.append(syllable, 0, initials ? 1 : syllable.length());
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private @Nullable Phrase phraseAt(String name, int at, int first) {
        if (!beginPhrases.get(first)) {
            return null;
        }
        for (Phrase phrase : phrases.getOrDefault(first, List.of())) {
            if (name.startsWith(phrase.characters, at)) {
                return phrase;
            }
        }
        return null;
    }

    private String syllableOf(int c) {
        if (c >= syllables.length) {
            return rare.computeIfAbsent(c, Readings::syllable);
        }
        String known = syllables[c];
        if (known == null) {
            known = syllable(c);
            syllables[c] = known;
        }
        return known;
    }

    /** Small ASCII letters or a digit; empty for a sign without a reading. */
    private static String syllable(int c) {
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        String latin = plain.codePoints().allMatch(p -> p < 128) ? plain : Icu.HAN_LATIN.transliterate(plain);
        String letters = Normalizer.normalize(latin, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            char l = letters.charAt(i);
            if (l == 'u' && hasDiaeresis(letters, i + 1)) {
                out.append('v');
            } else if (l >= 'a' && l <= 'z' || l >= '0' && l <= '9') {
                out.append(l);
            }
        }
        return out.toString();
    }

    private static boolean hasDiaeresis(String letters, int from) {
        for (int i = from; i < letters.length() && Character.getType(letters.charAt(i)) == Character.NON_SPACING_MARK; i++) {
            if (letters.charAt(i) == '\u0308') {
                return true;
            }
        }
        return false;
    }
}
