package org.heshi.statistics.cube;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heshi.divisions.Level;
import org.heshi.kernel.CivilTime;
import org.heshi.statistics.Histogram;

/**
 * What matters add to cells, by place or unit and day: each to its town (or the place above where it stands itself) and to its units. Places above are the sum of
 * these, {@link #above}.
 */
final class Changes {

    /** The outcome of a closing that was undone. */
    static final String REOPENED = "reopened";
    /** The one row of what is open now has no day. */
    static final LocalDate NOW = LocalDate.of(1970, 1, 1);

    /** @param grain d for a day, m for a month, o for what is open now */
    record At(String whose, char grain, LocalDate first) {
    }

    /** The cells of one row. */
    static final class Row {
        final Cells matters = new Cells();
        final Cells units = new Cells();
        final Cells hours = new Cells();

        void add(Row other, int sign) {
            matters.add(other.matters, sign);
            units.add(other.units, sign);
            hours.add(other.hours, sign);
        }
    }

    final Map<At, Row> rows = new HashMap<>();
    private Map<String, Integer> words;

    /** @param words the number of each code and unit that comes */
    Changes(Map<String, Integer> words) {
        this.words = words;
    }

    /** Numbers of more codes. */
    void learn(Map<String, Integer> more) {
        Map<String, Integer> all = new HashMap<>(words);
        all.putAll(more);
        words = all;
    }

    Row at(String whose, char grain, LocalDate first) {
        return rows.computeIfAbsent(new At(whose, grain, first), _ -> new Row());
    }

    /** The codes that a matter's cells need numbers for. */
    static void words(Counted c, Set<String> into, Set<UUID> units) {
        into.add(c.kind());
        into.add(c.category());
        into.add(c.channel());
        into.add(c.outcome());
        c.lead().ifPresent(units::add);
        units.addAll(c.charged().keySet());
        if (!c.undone().isEmpty()) {
            into.add(REOPENED);
        }
    }

    private int word(String code) {
        return code.isEmpty() ? 0 : words.get(code);
    }

    /** @param sign 1 or -1. What is apart stands in no cell. */
    void add(Counted c, int sign) {
        if (!c.apart()) {
            count(c, sign, town(c.place()), true, true);
        }
    }

    /**
     * @param whose under whose figures
     * @param units whether the units that it concerns get theirs
     * @param open  whether it is counted among what is open now
     */
    void count(Counted c, int sign, String whose, boolean units, boolean open) {
        int kind = word(c.kind());
        int unit = c.lead().map(id -> word(id.toString())).orElse(0);
        String lead = units ? c.lead().map(UUID::toString).orElse("") : "";
        long none = matter(c, 0);
        LocalDateTime came = CivilTime.of(c.came()).toLocalDateTime();
        LocalDate day = came.toLocalDate();
        for (String one : lead.isEmpty() ? List.of(whose) : List.of(whose, lead)) {
            Row row = at(one, 'd', day);
            row.matters.at(none).sums[Cell.RECEIVED] += sign;
            row.hours.at(Key.hour(came.getHour(), came.getDayOfWeek().getValue(), kind)).sums[Cell.RECEIVED] += sign;
        }
        at(whose, 'd', day).units.at(Key.unit(unit, kind, 0)).sums[Cell.RECEIVED] += sign;
        c.accepted().ifPresent(at -> each(whose, lead, at, none, Key.unit(unit, kind, 0), cell -> cell.accepted.add(bucket(c.came(), at), sign)));
        for (Instant at : c.undone()) {
            int again = word(REOPENED);
            each(whose, lead, at, matter(c, again), Key.unit(unit, kind, again), cell -> {
                cell.sums[Cell.CLOSED] += sign;
                cell.closed.add(bucket(c.came(), at), sign);
            });
        }
        for (Instant at : c.reopenings()) {
            each(whose, lead, at, none, Key.unit(unit, kind, 0), cell -> cell.sums[Cell.REOPENED] += sign);
        }
        if (c.closed().isPresent()) {
            closing(c, c.closed().get(), sign, whose, lead, units, unit, kind);
        } else if (open) {
            each(whose, lead, null, none, Key.unit(unit, kind, 0), cell -> cell.sums[Cell.OPEN] += sign);
        }
    }

    private void closing(Counted c, Instant at, int sign, String whose, String lead, boolean units, int unit, int kind) {
        int outcome = word(c.outcome());
        long key = matter(c, outcome);
        each(whose, lead, at, key, Key.unit(unit, kind, outcome), cell -> {
            cell.sums[Cell.CLOSED] += sign;
            cell.sums[Cell.LATE] += c.late() ? sign : 0;
            if (c.measured()) {
                cell.closed.add(bucket(c.came(), at), sign);
            }
            if (c.stars() > 0) {
                cell.sums[Cell.RATINGS] += sign;
                cell.sums[Cell.STARS] += (long) sign * c.stars();
            }
            if (c.satisfied() > 0) {
                cell.sums[Cell.SATISFIED + c.satisfied() - 1] += sign;
            }
            if (c.solved() > 0) {
                cell.sums[Cell.RESOLVED + c.solved() - 1] += sign;
            }
        });
        LocalDate day = CivilTime.dateOf(at);
        c.charged().forEach((who, millis) -> {
            at(whose, 'd', day).matters.at(key).sums[Cell.CHARGED] += sign * millis;
            at(whose, 'd', day).units.at(Key.unit(word(who.toString()), kind, outcome)).sums[Cell.CHARGED] += sign * millis;
            if (units) {
                at(who.toString(), 'd', day).matters.at(key).sums[Cell.CHARGED] += sign * millis;
            }
        });
    }

    private long matter(Counted c, int outcome) {
        return Key.matter(word(c.kind()), word(c.category()), word(c.channel()), c.level(), outcome);
    }

    /** The cells of the place, of its units and of the lead. @param at null: what is open now */
    private void each(String whose, String lead, @org.jspecify.annotations.Nullable Instant at, long matter, long unit, java.util.function.Consumer<Cell> counts) {
        char grain = at == null ? 'o' : 'd';
        LocalDate day = at == null ? NOW : CivilTime.dateOf(at);
        Row row = at(whose, grain, day);
        counts.accept(row.matters.at(matter));
        counts.accept(row.units.at(unit));
        if (!lead.isEmpty()) {
            counts.accept(at(lead, grain, day).matters.at(matter));
        }
    }

    private static int bucket(Instant from, Instant to) {
        return Histogram.bucket(Duration.between(from, to).toSeconds());
    }

    void add(KeptCells.Packed packed, String whose) {
        Row row = at(whose, packed.at().grain(), packed.at().first());
        row.matters.add(packed.matters(), 1);
        row.units.add(packed.units(), 1);
        row.hours.add(packed.hours(), 1);
    }

    /** Adds to the places above what stands in those below. Of nothing but towns, places that matters stand in themselves, and units. */
    void raise() {
        Changes raised = new Changes(words);
        rows.forEach((at, row) -> above(at.whose()).forEach(place -> raised.at(place, at.grain(), at.first()).add(row, 1)));
        // only now: a county's own row must not be raised with what its towns gave it
        raised.rows.forEach((at, row) -> at(at.whose(), at.grain(), at.first()).add(row, 1));
    }

    /** Where a matter counts: its town, or the place above where it stands itself. */
    static String town(String place) {
        return place.length() > Level.TOWN.digits() ? place.substring(0, Level.TOWN.digits()) : place;
    }

    /** Places above this one that have cells, the nearest first; of a unit none. */
    static List<String> above(String whose) {
        return unit(whose) ? List.of() : java.util.stream.Stream.of(Level.COUNTY, Level.PREFECTURE, Level.PROVINCE).filter(level -> level.digits() < whose.length())
                .map(level -> whose.substring(0, level.digits())).toList();
    }

    static boolean unit(String whose) {
        return whose.length() > Level.MICRO_GRID.digits();
    }
}
