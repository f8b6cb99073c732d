package org.heshi.matters.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.heshi.kernel.Bilingual;

/** One mapping of a procedure file while it is read: gives its values and reports what is missing, unknown or of another shape. */
final class Section {

    /** Names of kinds, states, actions, fields, options: they stand in addresses, tables and entries. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    static final int LONGEST_NAME = 40;

    /** Letters that turn the direction of writing would make a text look like another. */
    private static final Pattern TURNING = Pattern.compile("[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private final Piece.Named named;
    private final String what;
    private final Problems problems;

    private Section(Piece.Named named, String what, Problems problems) {
        this.named = named;
        this.what = what;
        this.problems = problems;
    }

    /** @param what how the section is called in messages, such as {@code action 'assign'} */
    static Optional<Section> of(Piece piece, String what, Problems problems, Set<String> known) {
        if (!(piece instanceof Piece.Named named)) {
            problems.add(piece.at(), what + ": a mapping is expected, here is " + piece.shape());
            return Optional.empty();
        }
        named.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(entry.at(), what + ": unknown key '" + key + "', known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
        return Optional.of(new Section(named, what, problems));
    }

    Piece.Place at() {
        return named.at();
    }

    /** Where the key stands, or the section when it is missing. */
    Piece.Place at(String key) {
        Piece.Entry entry = named.entries().get(key);
        return entry == null ? named.at() : entry.at();
    }

    boolean has(String key) {
        return named.entries().containsKey(key);
    }

    Optional<Piece> find(String key) {
        return Optional.ofNullable(named.entries().get(key)).map(Piece.Entry::value);
    }

    Optional<Piece> need(String key) {
        Optional<Piece> piece = find(key);
        if (piece.isEmpty()) {
            problems.add(named.at(), what + ": '" + key + "' is missing");
        }
        return piece;
    }

    Optional<String> findWords(String key, int most) {
        return find(key).flatMap(piece -> words(piece, what + ": '" + key + "'", most));
    }

    Optional<String> needWords(String key, int most) {
        return need(key).flatMap(piece -> words(piece, what + ": '" + key + "'", most));
    }

    Optional<Bilingual> needBilingual(String key, int most) {
        return need(key).flatMap(piece -> bilingual(piece, what + ": '" + key + "'", most));
    }

    Optional<Bilingual> findBilingual(String key, int most) {
        return find(key).flatMap(piece -> bilingual(piece, what + ": '" + key + "'", most));
    }

    boolean flag(String key) {
        Optional<String> words = findWords(key, 5);
        if (words.isPresent() && !words.get().equals("true") && !words.get().equals("false")) {
            problems.add(at(key), what + ": '" + key + "' must be true or false, not '" + words.get() + "'");
        }
        return words.filter("true"::equals).isPresent();
    }

    int number(String key, int least, int most, int otherwise) {
        Optional<String> words = findWords(key, 12);
        if (words.isEmpty()) {
            return otherwise;
        }
        if (words.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(words.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        problems.add(at(key), what + ": '" + key + "' must be a whole number from " + least + " to " + most + ", not '" + words.get() + "'");
        return otherwise;
    }

    /** One word or a list of words. */
    List<Piece.Words> listWords(String key) {
        return find(key).map(piece -> listWords(piece, what + ": '" + key + "'")).orElse(List.of());
    }

    private List<Piece.Words> listWords(Piece piece, String name) {
        List<Piece.Words> list = new ArrayList<>();
        switch (piece) {
            case Piece.Words words -> words(words, name, LONGEST_NAME).ifPresent(_ -> list.add(words));
            case Piece.Items items -> {
                if (items.list().isEmpty()) {
                    problems.add(items.at(), name + " is an empty list");
                }
                Set<String> seen = new TreeSet<>();
                for (Piece item : items.list()) {
                    if (words(item, name, LONGEST_NAME).isPresent() && item instanceof Piece.Words words) {
                        list.add(words);
                        if (!seen.add(words.value())) {
                            problems.add(words.at(), name + ": '" + words.value() + "' stands there twice");
                        }
                    }
                }
            }
            case Piece.Named other -> problems.add(other.at(), name + ": a word or a list of words is expected, here is " + other.shape());
        }
        return list;
    }

    /** The entries of a mapping from names to anything, in order; names that are no names are reported and left out. */
    Map<String, Piece.Entry> entries(String key, int most) {
        Optional<Piece> piece = find(key);
        if (piece.isEmpty()) {
            return Map.of();
        }
        if (!(piece.get() instanceof Piece.Named mapping)) {
            problems.add(piece.get().at(), what + ": '" + key + "': a mapping is expected, here is " + piece.get().shape());
            return Map.of();
        }
        if (mapping.entries().size() > most) {
            problems.add(at(key), what + ": '" + key + "' has " + mapping.entries().size() + " entries, the most are " + most);
        }
        return mapping.entries();
    }

    /** Whether it can be a name; reports it when not. */
    boolean name(String name, Piece.Place at, String of) {
        if (NAME.matcher(name).matches() && name.length() <= LONGEST_NAME) {
            return true;
        }
        problems.add(at, of + " '" + cut(name) + "': a name has small letters a-z, digits and single hyphens, begins with a letter and has at most "
                + LONGEST_NAME + " characters");
        return false;
    }

    private Optional<String> words(Piece piece, String name, int most) {
        if (!(piece instanceof Piece.Words words)) {
            problems.add(piece.at(), name + ": words are expected, here is " + piece.shape());
            return Optional.empty();
        }
        if (words.value().isBlank()) {
            problems.add(words.at(), name + " is empty");
            return Optional.empty();
        }
        int length = words.value().codePointCount(0, words.value().length());
        if (length > most) {
            problems.add(words.at(), name + " has " + length + " characters, the most are " + most);
            return Optional.empty();
        }
        if (TURNING.matcher(words.value()).find()) {
            problems.add(words.at(), name + " holds characters that turn the direction of writing");
            return Optional.empty();
        }
        return Optional.of(words.value().strip());
    }

    Optional<Bilingual> bilingual(Piece piece, String name, int most) {
        Optional<Section> section = of(piece, name, problems, Set.of("zh", "en"));
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> zh = language(section.get(), "zh", "the Chinese words ('zh') are missing", name, most);
        Optional<String> en = language(section.get(), "en", "the English words ('en') are missing", name, most * 3);
        return zh.isPresent() && en.isPresent() ? Optional.of(new Bilingual(zh.get(), en.get())) : Optional.empty();
    }

    private Optional<String> language(Section section, String key, String missing, String name, int most) {
        Optional<Piece> piece = section.find(key);
        if (piece.isEmpty() || piece.get() instanceof Piece.Words words && words.value().isBlank()) {
            problems.add(section.at(key), name + ": " + missing);
            return Optional.empty();
        }
        return words(piece.get(), name + ", " + key, most);
    }

    static String cut(String words) {
        return words.length() <= LONGEST_NAME ? words : words.substring(0, words.offsetByCodePoints(0, Math.min(LONGEST_NAME,
                words.codePointCount(0, words.length())))) + "…";
    }
}
