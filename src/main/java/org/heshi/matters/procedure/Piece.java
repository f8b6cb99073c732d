package org.heshi.matters.procedure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a YAML file that knows where it stands. All scalars are words: whether they are numbers the reader of each key decides. */
sealed interface Piece {

    Place at();

    /** What stands in error messages. */
    String shape();

    /** @param line counted from 1 */
    record Place(String file, int line) {
    }

    record Words(Place at, String value) implements Piece {
        @Override
        public String shape() {
            return value.isBlank() ? "nothing" : "words";
        }
    }

    record Items(Place at, List<Piece> list) implements Piece {
        public Items {
            list = List.copyOf(list);
        }

        @Override
        public String shape() {
            return "a list";
        }
    }

    record Named(Place at, Map<String, Entry> entries) implements Piece {
        public Named {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String shape() {
            return "a mapping";
        }

        Named with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Named(at, changed);
        }

        Named without(String key) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Named(at, changed);
        }
    }

    /** @param at where the key stands */
    record Entry(Place at, Piece value) {
    }

    /** As plain maps, lists and strings. */
    static Object plain(Piece piece) {
        return switch (piece) {
            case Words words -> words.value();
            case Items items -> {
                List<Object> list = new ArrayList<>();
                items.list().forEach(item -> list.add(plain(item)));
                yield list;
            }
            case Named named -> {
                Map<String, Object> map = new LinkedHashMap<>();
                named.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
                yield map;
            }
        };
    }
}
