package org.heshi.divisions.finding;

import java.util.ArrayList;
import java.util.List;

/** One of the words that a person typed, folded. Only Latin letters and digits are compared with pinyin. */
record Word(String text, boolean latin) {

    /** Longer words and more of them are nobody's place; the rest is passed over. */
    private static final int LONGEST = 60;
    private static final int MOST = 4;

    static Word of(String text) {
        return new Word(text, text.chars().allMatch(c -> c < 128));
    }

    boolean digits() {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Split at white space of any width and at punctuation; apostrophes between syllables (xi'an) are dropped. */
    static List<Word> in(String typed) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String folded = Segment.fold(typed.length() > 400 ? typed.substring(0, 400) : typed);
        for (int i = 0; i <= folded.length() && words.size() < MOST; i++) {
            char c = i < folded.length() ? folded.charAt(i) : ' ';
            if (c == '\'' || c == '’' || Character.getType(c) == Character.FORMAT) {
                continue;
            }
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c) || c == ',' || c == '、' || c == '/') {
                if (!word.isEmpty()) {
                    words.add(of(word.length() > LONGEST ? word.substring(0, LONGEST) : word.toString()));
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
