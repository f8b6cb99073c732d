package org.heshi.statistics.cube;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/** Codes and their numbers, as they stood when it was read. */
record Dictionary(Map<Integer, String> words, Map<String, Integer> numbers) {

    static Dictionary of(Map<Integer, String> words) {
        Map<String, Integer> numbers = HashMap.newHashMap(words.size());
        words.forEach((id, word) -> numbers.put(word, id));
        return new Dictionary(Map.copyOf(words), Map.copyOf(numbers));
    }

    /** 0 is the empty code. */
    String word(int id) {
        if (id == 0) {
            return "";
        }
        String word = words.get(id);
        if (word == null) {
            throw new NoSuchElementException("no code has the number " + id);
        }
        return word;
    }

    /** What no code has, when nothing was ever counted under it. */
    int number(String word) {
        return word.isEmpty() ? 0 : numbers.getOrDefault(word, Integer.MAX_VALUE);
    }

    BitSet matching(Predicate<String> which) {
        BitSet ids = new BitSet();
        words.forEach((id, word) -> {
            if (which.test(word)) {
                ids.set(id);
            }
        });
        if (which.test("")) {
            ids.set(0);
        }
        return ids;
    }
}
