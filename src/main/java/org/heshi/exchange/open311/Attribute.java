package org.heshi.exchange.open311;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a service asks beside the description.
 *
 * @param order    from 1; no two of a service have the same
 * @param variable false: it only tells something, and nothing is asked
 * @param help     helps to answer
 * @param values   of which one or several are chosen; empty for what is written freely
 */
public record Attribute(String code, int order, boolean variable, Datatype datatype, boolean required, String help, String description, List<Value> values) {

    public Attribute {
        values = List.copyOf(values);
    }

    public record Value(String key, String name) {
    }

    public enum Datatype {
        STRING, NUMBER, DATETIME, TEXT, SINGLEVALUELIST, MULTIVALUELIST;

        /** As the specification calls it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean list() {
            return this == SINGLEVALUELIST || this == MULTIVALUELIST;
        }

        static Optional<Datatype> of(String code) {
            return java.util.Arrays.stream(values()).filter(type -> type.code().equals(code)).findFirst();
        }
    }

    Optional<Value> value(String key) {
        return values.stream().filter(value -> value.key().equals(key)).findFirst();
    }
}
