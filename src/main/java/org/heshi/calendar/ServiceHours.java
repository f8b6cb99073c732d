package org.heshi.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When clocks in hours run, by civil time in Asia/Shanghai.
 *
 * @param workdays whether they run on working days, by the calendar
 * @param weekdays the days of the week on which they run, when it is not by working days; else empty
 * @param spans    times of day, one after the other
 */
public record ServiceHours(boolean workdays, Set<DayOfWeek> weekdays, List<Span> spans) {

    /** Day and night. */
    public static final ServiceHours ALWAYS = new ServiceHours(false, EnumSet.allOf(DayOfWeek.class), List.of(new Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));

    /** @param to 00:00 is the end of the day */
    public record Span(LocalTime from, LocalTime to) {

        public Span {
            if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
                throw new IllegalArgumentException("service hours from " + from + " to " + to + " have no time in them");
            }
        }

        public Duration length() {
            return Duration.ofNanos((to.equals(LocalTime.MIDNIGHT) ? Duration.ofDays(1).toNanos() : to.toNanoOfDay()) - from.toNanoOfDay());
        }

        @Override
        public String toString() {
            return from + "-" + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to);
        }
    }

    public ServiceHours {
        weekdays = Set.copyOf(weekdays);
        spans = List.copyOf(spans);
        if (workdays != weekdays.isEmpty()) {
            throw new IllegalArgumentException("service hours are either on working days or on days of the week");
        }
        Duration whole = Duration.ZERO;
        for (int i = 0; i < spans.size(); i++) {
            whole = whole.plus(spans.get(i).length());
            if (i > 0 && (spans.get(i - 1).to().equals(LocalTime.MIDNIGHT) || spans.get(i).from().isBefore(spans.get(i - 1).to()))) {
                throw new IllegalArgumentException("service hours come one after the other: " + spans);
            }
        }
        if (whole.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("service hours are at least one hour a day: " + spans);
        }
    }

    public boolean always() {
        return equals(ALWAYS);
    }

    /** Whether they run on this day at all. @param workday whether it is a working day */
    public boolean on(LocalDate day, boolean workday) {
        return workdays ? workday : weekdays.contains(day.getDayOfWeek());
    }

    /**
     * {@code always}, {@code workday 08:30-12:00,14:00-17:30}, {@code daily 08:00-20:00}, {@code mon,tue,sat 00:00-24:00}.
     *
     * @throws IllegalArgumentException when it is none, with a sentence that says what one is
     */
    public static ServiceHours parse(String text) {
        String said = text.strip().toLowerCase(Locale.ROOT);
        if (said.equals("always")) {
            return ALWAYS;
        }
        try {
            String[] parts = said.split("\\s+", 2);
            List<Span> spans = new ArrayList<>();
            for (String span : parts[1].strip().split("\\s*[,\\s]\\s*")) {
                String[] ends = span.split("-", -1);
                if (ends.length != 2) {
                    throw new DateTimeException("not from-to: " + span);
                }
                spans.add(new Span(LocalTime.parse(ends[0]), ends[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(ends[1])));
            }
            return switch (parts[0]) {
                case "workday" -> new ServiceHours(true, Set.of(), spans);
                case "daily" -> new ServiceHours(false, EnumSet.allOf(DayOfWeek.class), spans);
                default -> new ServiceHours(false, weekdays(parts[0]), spans);
            };
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not service hours: \"" + text
                    + "\"; write always, workday 08:30-12:00,14:00-17:30, daily 08:00-20:00 or mon,wed,fri 09:00-17:00", e);
        }
    }

    private static Set<DayOfWeek> weekdays(String names) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names.split(",")) {
            days.add(EnumSet.allOf(DayOfWeek.class).stream().filter(day -> shortName(day).equals(name)).findFirst()
                    .orElseThrow(() -> new DateTimeException("no day of the week: " + name)));
        }
        return days;
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (always()) {
            return "always";
        }
        String days = workdays ? "workday" : weekdays.size() == 7 ? "daily"
                : weekdays.stream().sorted().map(ServiceHours::shortName).collect(Collectors.joining(","));
        return days + " " + spans.stream().map(Span::toString).collect(Collectors.joining(","));
    }
}
