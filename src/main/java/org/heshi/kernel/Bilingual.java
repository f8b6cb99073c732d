package org.heshi.kernel;

import java.util.Locale;
import java.util.Objects;

/** Words in Chinese and English, both always there. */
public record Bilingual(String zh, String en) {

    public Bilingual {
        Objects.requireNonNull(zh, "zh");
        Objects.requireNonNull(en, "en");
    }

    /** The English words for an English locale, else the Chinese ones. */
    public String in(Locale locale) {
        return Locale.ENGLISH.getLanguage().equals(locale.getLanguage()) ? en : zh;
    }
}
