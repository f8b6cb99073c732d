package org.heshi.exchange.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The first line of a file: which column stands where. Columns that mean nothing here are read over. */
record Heading(Map<String, Integer> columns, int width) {

    private static final List<String> NEEDED = List.of("title", "received_at", "text");
    static final Set<String> KNOWN = Set.of("id", "sender", "title", "received_at", "text", "reply", "replied_at", "category", "supports", "opposes");

    Heading {
        columns = Map.copyOf(columns);
    }

    static Heading of(List<String> fields) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            columns.putIfAbsent(fields.get(i).strip().toLowerCase(Locale.ROOT), i);
        }
        return new Heading(columns, fields.size());
    }

    /** Names of columns without which no message can be read. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeAll(columns.keySet());
        return missing;
    }

    /** What the row has in this column; empty when there is no such column. */
    String in(List<String> row, String column) {
        Integer at = columns.get(column);
        return at == null ? "" : row.get(at).strip();
    }
}
