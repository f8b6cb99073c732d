package org.heshi.statistics;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Which matters count; what is empty leaves out none. What came in has no outcome: with {@code outcome} only what was closed is counted.
 *
 * @param category code of any level, with all below it
 * @param kinds    only these kinds; empty: all
 */
public record Only(Optional<String> kind, Optional<String> category, Optional<String> channel, OptionalInt level, Optional<String> outcome, Optional<UUID> unit,
        Set<String> kinds) {

    public static final Only ALL = new Only(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), Set.of());

    public Only {
        kinds = Set.copyOf(kinds);
    }

    public Only(Optional<String> kind, Optional<String> category, Optional<String> channel, OptionalInt level, Optional<String> outcome, Optional<UUID> unit) {
        this(kind, category, channel, level, outcome, unit, Set.of());
    }

    public Only kind(String code) {
        return new Only(Optional.of(code), category, channel, level, outcome, unit, kinds);
    }

    public Only category(String code) {
        return new Only(kind, Optional.of(code), channel, level, outcome, unit, kinds);
    }

    public Only channel(String code) {
        return new Only(kind, category, Optional.of(code), level, outcome, unit, kinds);
    }

    public Only level(int code) {
        return new Only(kind, category, channel, OptionalInt.of(code), outcome, unit, kinds);
    }

    public Only outcome(String code) {
        return new Only(kind, category, channel, level, Optional.of(code), unit, kinds);
    }

    public Only unit(UUID id) {
        return new Only(kind, category, channel, level, outcome, Optional.of(id), kinds);
    }

    public Only kinds(Set<String> codes) {
        return new Only(kind, category, channel, level, outcome, unit, codes);
    }
}
