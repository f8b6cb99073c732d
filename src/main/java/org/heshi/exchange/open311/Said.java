package org.heshi.exchange.open311;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is XML or JSON. Both are written from the same tree, by the specification's convention (Spark): what holds equal things is an array
 * also with one in it or none, what holds different things is an object, what is empty is {@code null}.
 */
sealed interface Said {

    String name();

    /** @param value text, truth or number; null is an empty element */
    record Leaf(String name, @Nullable Object value) implements Said {
    }

    /** Equal things one after the other. */
    record Many(String name, List<? extends Said> of) implements Said {

        public Many {
            of = List.copyOf(of);
        }
    }

    /** Different things, each once. */
    record One(String name, List<Said> of) implements Said {

        public One {
            of = List.copyOf(of);
        }
    }

    static One one(String name, Object... namesAndValues) {
        List<Said> leaves = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            leaves.add(value instanceof Said said ? said : leaf(namesAndValues[i].toString(), value));
        }
        return new One(name, leaves);
    }

    /** An empty string is nothing. */
    static Leaf leaf(String name, @Nullable Object value) {
        return new Leaf(name, value instanceof String text && text.isEmpty() ? null : value instanceof Instant at ? time(at) : value);
    }

    /** Date and time with zone, to the second (W3C note on date and time formats). */
    static String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }
}
