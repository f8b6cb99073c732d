package org.heshi.matters.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Canonical JSON by RFC 8785 for what entries hold: objects, lists, strings, whole numbers up to 2^53, booleans and null. Keys are sorted by
 * UTF-16 code units, nothing is spaced, so that the same content always has the same bytes.
 */
public final class CanonicalJson {

    private static final long EXACT = 1L << 53;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CanonicalJson() {
    }

    /** The values of an object in what was written so, by name: strings, numbers, booleans and lists of strings. */
    public static Map<String, Object> object(String canonical, String name) {
        Map<String, Object> values = new TreeMap<>();
        JSON.readTree(canonical).path(name).properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isArray()) {
                List<String> list = new ArrayList<>();
                value.forEach(item -> list.add(item.asString()));
                values.put(entry.getKey(), list);
            } else if (value.isBoolean()) {
                values.put(entry.getKey(), value.asBoolean());
            } else if (value.isNumber()) {
                values.put(entry.getKey(), value.asLong());
            } else if (!value.isNull()) {
                values.put(entry.getKey(), value.asString());
            }
        });
        return values;
    }

    /** @throws IllegalArgumentException for a value of another type, a number beyond 2^53, or a lone surrogate: none of them has a canonical form */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String s -> string(s, out);
            case Integer i -> out.append(i.intValue());
            case Long l when Math.abs(l) <= EXACT -> out.append(l.longValue());
            case Boolean b -> out.append(b.booleanValue());
            case Map<?, ?> map -> object(map, out);
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    write(list.get(i), out);
                }
                out.append(']');
            }
            default -> throw new IllegalArgumentException("no canonical form for " + value.getClass().getName());
        }
    }

    private static void object(Map<?, ?> map, StringBuilder out) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
        }
        out.append('}');
    }

    private static void string(String s, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else if (Character.isSurrogate(c)) {
                        if (!Character.isHighSurrogate(c) || i + 1 == s.length() || !Character.isLowSurrogate(s.charAt(i + 1))) {
                            throw new IllegalArgumentException("a lone surrogate has no canonical form");
                        }
                        out.append(c).append(s.charAt(++i));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
