package org.heshi.statistics;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Which matters count; what is empty leaves out none. What came in has no outcome: with {@code outcome} only what was closed is counted.
 *
 * @param category code of any level, with all below it; the empty text: those without one
 * @param channel  the empty text: those without one
 * @param unit     lead unit; {@link #NO_UNIT}: those without one
 * @param kinds    only these kinds; empty: all
 * @param hour     0 to 23, of coming in; goes with kinds only, as {@code weekday}
 * @param weekday  1 Monday to 7 Sunday, of coming in
 * @param here     only what counts at the place itself and in none below it
 */
public record Only(Optional<String> kind, Optional<String> category, Optional<String> channel, OptionalInt level, Optional<String> outcome, Optional<UUID> unit,
        Set<String> kinds, OptionalInt hour, OptionalInt weekday, boolean here) {

    public static final UUID NO_UNIT = new UUID(0, 0);
    public static final Only ALL = new Only(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    public Only {
        kinds = Set.copyOf(kinds);
        if (hour.isPresent() && (hour.getAsInt() < 0 || hour.getAsInt() > 23) || weekday.isPresent() && (weekday.getAsInt() < 1 || weekday.getAsInt() > 7)) {
            throw new IllegalArgumentException("no such hour or day: " + hour + " " + weekday);
        }
    }

    public Only(Optional<String> kind, Optional<String> category, Optional<String> channel, OptionalInt level, Optional<String> outcome, Optional<UUID> unit) {
        this(kind, category, channel, level, outcome, unit, Set.of(), OptionalInt.empty(), OptionalInt.empty(), false);
    }

    public Only kind(String code) {
        return new Only(Optional.of(code), category, channel, level, outcome, unit, kinds, hour, weekday, here);
    }

    public Only category(String code) {
        return new Only(kind, Optional.of(code), channel, level, outcome, unit, kinds, hour, weekday, here);
    }

    public Only channel(String code) {
        return new Only(kind, category, Optional.of(code), level, outcome, unit, kinds, hour, weekday, here);
    }

    public Only level(int code) {
        return new Only(kind, category, channel, OptionalInt.of(code), outcome, unit, kinds, hour, weekday, here);
    }

    public Only outcome(String code) {
        return new Only(kind, category, channel, level, Optional.of(code), unit, kinds, hour, weekday, here);
    }

    public Only unit(UUID id) {
        return new Only(kind, category, channel, level, outcome, Optional.of(id), kinds, hour, weekday, here);
    }

    public Only kinds(Set<String> codes) {
        return new Only(kind, category, channel, level, outcome, unit, codes, hour, weekday, here);
    }

    /** What came in at that hour of that day of the week. */
    public Only at(OptionalInt theHour, OptionalInt theDay) {
        return new Only(kind, category, channel, level, outcome, unit, kinds, theHour, theDay, here);
    }

    public Only alone() {
        return new Only(kind, category, channel, level, outcome, unit, kinds, hour, weekday, true);
    }

    /** Whether a time of coming in is asked for. */
    public boolean timed() {
        return hour.isPresent() || weekday.isPresent();
    }
}
