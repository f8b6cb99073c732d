package org.heshi.kernel;

import java.util.List;
import java.util.Optional;

/**
 * One keyset page of a list: its rows and, when there are more, the opaque key of the next page.
 * Its cost does not grow with the list.
 */
public record Page<T>(List<T> rows, Optional<String> next) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** A page cut from {@code size + 1} fetched rows; the key is taken from the last row that is shown. */
    public static <T> Page<T> cut(List<T> fetched, int size, java.util.function.Function<T, String> key) {
        if (fetched.size() <= size) {
            return new Page<>(fetched, Optional.empty());
        }
        List<T> shown = fetched.subList(0, size);
        return new Page<>(shown, Optional.of(key.apply(shown.getLast())));
    }
}
