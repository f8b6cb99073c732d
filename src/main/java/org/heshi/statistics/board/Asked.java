package org.heshi.statistics.board;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question.Cut;

/**
 * What a page of figures is asked for: all of it stands in the address, so that the page can be sent to a colleague. What cannot be is corrected and said.
 *
 * @param place    code of the place; empty: the whole that who looks watches
 * @param from     first day
 * @param to       last day, never after today unless all of it lies ahead
 * @param outcome  only of lists
 * @param unit     lead unit, only of lists
 * @param months   whether the course is drawn by months
 * @param notes    keys of messages that say what was corrected
 */
public record Asked(String place, LocalDate from, LocalDate to, String kind, String category, String channel, String level, String outcome, String unit, boolean then,
        boolean months, LocalDate today, List<String> notes, Narrow narrow) {

    /** What those have that have none. */
    static final String NONE = "none";

    /**
     * What only lists are narrowed by.
     *
     * @param hour    of coming in, 0 to 23; empty: any
     * @param weekday of coming in, 1 Monday to 7; empty: any
     * @param here    only what counts at the place itself and in none below it
     */
    public record Narrow(String hour, String weekday, boolean here) {

        static final Narrow NOT = new Narrow("", "", false);

        OptionalInt hourOf() {
            return hour.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(hour));
        }

        OptionalInt weekdayOf() {
            return weekday.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(weekday));
        }
    }

    Asked(String place, LocalDate from, LocalDate to, String kind, String category, String channel, String level, String outcome, String unit, boolean then, boolean months,
            LocalDate today, List<String> notes) {
        this(place, from, to, kind, category, channel, level, outcome, unit, then, months, today, notes, Narrow.NOT);
    }


    /** Longer than this nothing is asked for at once. */
    private static final int MOST_YEARS = 3;
    /** The course of more days than this is drawn by months. */
    static final int DAYS_DRAWN = 62;

    public Asked {
        notes = List.copyOf(notes);
    }

    /** As the request has it. Codes are looked at for their shape only. */
    static Asked of(Map<String, String> typed, LocalDate today) {
        List<String> notes = new ArrayList<>();
        LocalDate first = LocalDate.of(CivilTime.FIRST_MONTH.getYear(), 1, 1);
        Optional<LocalDate> to = day(typed.getOrDefault("to", ""), "to", notes);
        Optional<LocalDate> from = day(typed.getOrDefault("from", ""), "from", notes);
        LocalDate last = to.orElse(from.filter(day -> day.isAfter(today)).orElse(today));
        LocalDate begin = from.orElse(last.withDayOfMonth(1));
        if (begin.isAfter(last)) {
            notes.add("figures.note.order");
            LocalDate swapped = begin;
            begin = last;
            last = swapped;
        }
        if (begin.isAfter(today)) {
            notes.add("figures.note.ahead");
        } else if (last.isAfter(today)) {
            last = today;
        }
        if (begin.isBefore(first)) {
            begin = first;
            last = last.isBefore(first) ? first : last;
            notes.add("figures.note.early");
        }
        if (begin.plusYears(MOST_YEARS).isBefore(last)) {
            begin = last.minusYears(MOST_YEARS).plusDays(1);
            notes.add("figures.note.long");
        }
        String drawn = typed.getOrDefault("course", "");
        boolean many = ChronoUnit.DAYS.between(begin, last) >= DAYS_DRAWN;
        return new Asked(shaped(typed, "place", "[1-9][0-9]{1,16}", notes), begin, last, shaped(typed, "kind", "[a-z][a-z0-9-]{0,39}", notes),
                shaped(typed, "category", "([0-9]{2}){1,3}|none", notes), shaped(typed, "channel", "[a-z][a-z0-9-]{0,39}", notes), shaped(typed, "level", "[0-2]", notes),
                shaped(typed, "outcome", "[a-z][a-z0-9-]{0,39}", notes), typed.getOrDefault("unit", "").equals(NONE) ? NONE : Ids.find(typed.getOrDefault("unit", "")).map(UUID::toString).orElse(""),
                typed.getOrDefault("cut", "").equals("then"), drawn.equals("months") || many, today, notes,
                new Narrow(shaped(typed, "hour", "[0-9]|1[0-9]|2[0-3]", notes), shaped(typed, "weekday", "[1-7]", notes), typed.getOrDefault("at", "").equals("here")));
    }

    private static Optional<LocalDate> day(String typed, String name, List<String> notes) {
        if (typed.isBlank()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            if (day.getYear() >= 1 && day.getYear() <= 2200) {
                return Optional.of(day);
            }
        } catch (DateTimeException e) {
            // said below, as a year far away is
        }
        notes.add("figures.note." + name);
        return Optional.empty();
    }

    private static String shaped(Map<String, String> typed, String name, String shape, List<String> notes) {
        String value = typed.getOrDefault(name, "").strip();
        if (value.isEmpty() || value.matches(shape)) {
            return value;
        }
        notes.add("figures.note." + name);
        return "";
    }

    Asked place(String code) {
        return new Asked(code, from, to, kind, category, channel, level, outcome, unit, then, months, today, notes, narrow);
    }

    /** Without what there is none of, which is said. */
    Asked without(String what) {
        List<String> more = new ArrayList<>(notes);
        more.add("figures.note." + what);
        return new Asked(place, from, to, what.equals("kind") ? "" : kind, what.equals("category") ? "" : category, what.equals("channel") ? "" : channel, level, outcome, unit,
                then, months, today, more, narrow);
    }

    /** A place that stands no more is shown as it was, and that is said. */
    Asked asItWas() {
        if (then) {
            return this;
        }
        List<String> more = new ArrayList<>(notes);
        more.add("figures.note.ended");
        return new Asked(place, from, to, kind, category, channel, level, outcome, unit, true, months, today, more, narrow);
    }

    /** Of a unit only kinds and outcomes are told apart: what else was asked for is left out, and said. */
    Asked countable() {
        boolean timed = !narrow.hour().isEmpty() || !narrow.weekday().isEmpty();
        if (!timed && unit.isEmpty() || category.isEmpty() && channel.isEmpty() && level.isEmpty() && (!timed || unit.isEmpty() && outcome.isEmpty())) {
            return this;
        }
        List<String> more = new ArrayList<>(notes);
        more.add(timed ? "figures.note.hour-alone" : "figures.note.unit-alone");
        return new Asked(place, from, to, kind, "", "", "", timed ? "" : outcome, timed ? "" : unit, then, months, today, more, narrow);
    }

    public boolean ahead() {
        return from.isAfter(today);
    }

    /** Whether all that is asked for is one day, a month or less, so that the same days of the month before can stand beside it. */
    boolean withinAMonth() {
        return !from.plusMonths(1).isBefore(to) && ChronoUnit.DAYS.between(from, to) < 31;
    }

    public boolean filtered() {
        return !kind.isEmpty() || !category.isEmpty() || !channel.isEmpty() || !level.isEmpty();
    }

    /** The same days so many months before; whole months stay whole. */
    LocalDate[] before(int by) {
        YearMonth last = YearMonth.from(to).minusMonths(by);
        boolean whole = from.getDayOfMonth() == 1 && to.equals(YearMonth.from(to).atEndOfMonth());
        return new LocalDate[] {from.minusMonths(by), whole ? last.atEndOfMonth() : to.minusMonths(by)};
    }

    Only only() {
        Only only = new Only(text(kind), none(category), none(channel), level.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(level)), text(outcome),
                unit.equals(NONE) ? Optional.of(Only.NO_UNIT) : Ids.find(unit)).at(narrow.hourOf(), narrow.weekdayOf());
        return narrow.here() ? only.alone() : only;
    }

    Cut cut() {
        return then ? Cut.THEN : Cut.TODAY;
    }

    /** The code of nothing is the empty text. */
    private static Optional<String> none(String code) {
        return text(code).map(one -> one.equals(NONE) ? "" : one);
    }

    private static Optional<String> text(String code) {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    /** The address of this, with other values for some of its parts: names and values in turn; an empty value takes a part away. */
    public String href(String path, String... others) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("place", place);
        parts.put("from", from.toString());
        parts.put("to", to.toString());
        parts.put("kind", kind);
        parts.put("category", category);
        parts.put("channel", channel);
        parts.put("level", level);
        parts.put("outcome", outcome);
        parts.put("unit", unit);
        parts.put("hour", narrow.hour());
        parts.put("weekday", narrow.weekday());
        parts.put("at", narrow.here() ? "here" : "");
        parts.put("cut", then ? "then" : "");
        parts.put("course", months ? "months" : "");
        for (int i = 0; i < others.length; i += 2) {
            parts.put(others[i], others[i + 1]);
        }
        StringBuilder address = new StringBuilder(path);
        char join = '?';
        for (Map.Entry<String, String> part : parts.entrySet()) {
            if (!part.getValue().isEmpty()) {
                address.append(join).append(part.getKey()).append('=').append(URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8));
                join = '&';
            }
        }
        return address.toString();
    }

    /** Of the list behind a number. */
    String behind(String measure, String... others) {
        String[] all = new String[others.length + 4];
        all[0] = "measure";
        all[1] = measure;
        all[2] = "course";
        all[3] = "";
        System.arraycopy(others, 0, all, 4, others.length);
        return href("/figures/matters", all);
    }
}
