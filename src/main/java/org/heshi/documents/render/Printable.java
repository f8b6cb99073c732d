package org.heshi.documents.render;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What can be printed: every text of a record is looked at before a paper is made of it. */
@Component
public class Printable {

    /** Letters with marks that stand apart; ideographs are left as they were typed: to compose them would change names. */
    private static final Pattern APART = Pattern.compile("[\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}]\\p{Mn}+");

    private final Fonts fonts;

    Printable(Fonts fonts) {
        this.fonts = fonts;
    }

    /** One refusal for each text in which there is something that no font has. */
    public List<Refusal> refusals(Record content) {
        List<Refusal> refusals = new ArrayList<>();
        look("", content, refusals);
        return refusals;
    }

    private void look(String path, @Nullable Object value, List<Refusal> refusals) {
        switch (value) {
            case null -> { }
            case String text -> text(path, text, refusals);
            case Optional<?> maybe -> maybe.ifPresent(one -> look(path, one, refusals));
            case Map<?, ?> map -> map.forEach((key, one) -> {
                look(path, key, refusals);
                look(path + "." + key, one, refusals);
            });
            case Collection<?> many -> {
                int i = 0;
                for (Object one : many) {
                    look(path + "[" + i++ + "]", one, refusals);
                }
            }
            case Record record -> {
                for (RecordComponent part : record.getClass().getRecordComponents()) {
                    look(path.isEmpty() ? part.getName() : path + "." + part.getName(), value(record, part), refusals);
                }
            }
            // numbers, dates, constants: templates make words of them
            default -> { }
        }
    }

    private static @Nullable Object value(Record record, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the part " + part.getName() + " of a paper's content cannot be read", e);
        }
    }

    private void text(String path, String text, List<Refusal> refusals) {
        List<Integer> missing = fonts.missing(composed(text));
        if (!missing.isEmpty()) {
            String points = missing.stream().map(Printable::point).collect(Collectors.joining("、"));
            refusals.add(Refusal.at(path, "paper-character", points));
        }
    }

    /** As {@code 𠮷（U+20BB7）}; what nobody can see, by its number alone. */
    private static String point(int c) {
        String number = "U+" + HexFormat.of().withUpperCase().toHexDigits(c, c > 0xFFFF ? c > 0xFFFFF ? 6 : 5 : 4).toUpperCase(Locale.ROOT);
        return Character.isLetter(c) || Character.getType(c) == Character.OTHER_SYMBOL ? Character.toString(c) + "（" + number + "）" : number;
    }

    /**
     * What looks the same as what was meant, and comes in with words that were copied out of a PDF or from another system: radicals in place of ideographs,
     * other blanks and strokes. A glyph that stands for two characters would give the wrong one to whoever takes the text out of a paper.
     */
    private static final Map<Integer, Integer> MEANT = meant();

    private static Map<Integer, Integer> meant() {
        Map<Integer, Integer> meant = new HashMap<>(Map.of(0x2003, 0x3000, 0x2011, 0x2D, 0x2012, 0x2013, 0x2215, 0xFF0F, 0x2329, 0x3008, 0x232A, 0x3009,
                0x301C, 0xFF5E));
        for (int c = 0x2F00; c <= 0x2FD5; c++) {
            meant.put(c, Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC).codePointAt(0));
        }
        int[] radicals = "⺟母⺠民⺫目⺳罓⺾艹⻁虎⻄西⻅见⻆角⻉贝⻋车⻒镸⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟".codePoints().toArray();
        for (int i = 0; i < radicals.length; i += 2) {
            meant.put(radicals[i], radicals[i + 1]);
        }
        return Map.copyOf(meant);
    }

    /** CopyMarks that stand apart from their letter become one with it, as fonts have them; what is meant stands in the place of what looks the same. */
    static String composed(String typed) {
        String text = typed.codePoints().map(c -> MEANT.getOrDefault(c, c)).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return APART.matcher(text).replaceAll(found -> Matcher.quoteReplacement(Normalizer.normalize(found.group(), Normalizer.Form.NFC)));
    }

    /** @throws IllegalStateException when a paper as a whole holds what no font has: a template or a message does */
    void demand(String text) {
        List<Integer> missing = fonts.missing(text);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("a template prints what no font has: " + missing.stream().map(Printable::point).collect(Collectors.joining(" ")));
        }
    }
}
