package org.heshi.calendar.days;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Due;
import org.heshi.calendar.Left;
import org.heshi.calendar.Limit;
import org.heshi.calendar.Pause;
import org.heshi.calendar.ServiceHours;
import org.heshi.kernel.CivilTime;

/**
 * The calendar as of one edition. Ordinary weeks are counted by arithmetic; the days on which a notice departs from them stand in a sorted
 * array with their running sum, so that a count over years costs what a count over a week does.
 */
public final class Known implements Calendar {

    /** From this day of December on, the next year's notice may name days; none has reached further back than the 29th. */
    private static final int DAY_OF_DECEMBER = 24;

    private final long edition;
    private final TreeMap<Integer, Notice> notices;
    private final Map<LocalDate, NoticeDay> days;
    private final long[] departures;
    private final int[] sums;

    private Known(long edition, TreeMap<Integer, Notice> notices) {
        this.edition = edition;
        this.notices = notices;
        days = new HashMap<>();
        // by year, so that what the next year's notice says of this December is the last word
        notices.values().forEach(notice -> notice.days().forEach(day -> days.put(day.day(), day)));
        List<NoticeDay> departing = days.values().stream().filter(day -> day.kind() == NoticeDay.Kind.WORKDAY == weekend(day.day())).sorted().toList();
        departures = departing.stream().mapToLong(day -> day.day().toEpochDay()).toArray();
        sums = new int[departures.length + 1];
        for (int i = 0; i < departures.length; i++) {
            sums[i + 1] = sums[i] + (departing.get(i).kind() == NoticeDay.Kind.WORKDAY ? 1 : -1);
        }
    }

    /** @param notices of two for one year the later one holds */
    public static Known of(Collection<Notice> notices, long edition) {
        TreeMap<Integer, Notice> byYear = new TreeMap<>();
        notices.forEach(notice -> byYear.put(notice.year(), notice));
        return new Known(edition, byYear);
    }

    /** The notice of a year. */
    public Optional<Notice> notice(int year) {
        return Optional.ofNullable(notices.get(year));
    }

    /** All that hold, by year. */
    public List<Notice> notices() {
        return List.copyOf(notices.values());
    }

    /** What a notice says of this day, if one says anything. */
    public Optional<NoticeDay> said(LocalDate day) {
        return Optional.ofNullable(days.get(day));
    }

    /** This calendar with one notice more, or another one for its year. */
    public Known with(Notice notice) {
        TreeMap<Integer, Notice> more = new TreeMap<>(notices);
        more.put(notice.year(), notice);
        return new Known(edition + 1, more);
    }

    @Override
    public boolean isWorkday(LocalDate day) {
        NoticeDay said = days.get(day);
        return said == null ? !weekend(day) : said.kind() == NoticeDay.Kind.WORKDAY;
    }

    @Override
    public boolean provisional(int year) {
        return !notices.containsKey(year);
    }

    @Override
    public long edition() {
        return edition;
    }

    @Override
    public Due due(Limit limit, Instant start, ServiceHours hours, List<Pause> pauses) {
        List<Pause> inOrder = pauses.stream().sorted(Comparator.comparing(Pause::from)).toList();
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).from().isBefore(inOrder.get(i - 1).to())) {
                throw new IllegalArgumentException("two pauses at once: " + inOrder.get(i - 1) + ", " + inOrder.get(i));
            }
        }
        LocalDate first = CivilTime.dateOf(start);
        return switch (limit.unit()) {
            case HOUR -> {
                Duration running = Duration.ofHours(limit.amount());
                for (Pause pause : inOrder) {
                    running = running.plus(served(pause.from(), pause.to(), hours));
                }
                Instant at = advanced(start, running, hours);
                yield new Due(at, hours.workdays() && uncertain(first, CivilTime.dateOf(at)));
            }
            case DAY -> endOf(first.plusDays(limit.amount() + midnights(inOrder)), limit.rolls());
            case MONTH -> endOf(first.plusMonths(limit.amount()).plusDays(midnights(inOrder)), limit.rolls());
            case WORKDAY -> {
                long ended = inOrder.stream().mapToLong(this::workdaysEnded).sum();
                LocalDate last = workdayAfter(first, limit.amount() + ended);
                boolean paused = inOrder.stream().anyMatch(pause -> uncertain(CivilTime.dateOf(pause.from()), CivilTime.dateOf(pause.to())));
                yield new Due(CivilTime.startOf(last.plusDays(1)), paused || uncertain(first.plusDays(1), last));
            }
        };
    }

    @Override
    public Instant shifted(Limit limit, Instant due, Instant pausedFrom, Instant pausedTo, ServiceHours hours) {
        Pause pause = new Pause(pausedFrom, pausedTo);
        return switch (limit.unit()) {
            case HOUR -> advanced(due, served(pausedFrom, pausedTo, hours), hours);
            case DAY, MONTH -> {
                long midnights = midnights(List.of(pause));
                yield midnights == 0 ? due : endOf(lastDay(due).plusDays(midnights), limit.rolls()).at();
            }
            case WORKDAY -> {
                long ended = workdaysEnded(pause);
                yield ended == 0 ? due : CivilTime.startOf(workdayAfter(lastDay(due), ended).plusDays(1));
            }
        };
    }

    @Override
    public Left left(Limit.Unit unit, Instant now, Instant due) {
        boolean over = !now.isBefore(due);
        LocalDate today = CivilTime.dateOf(now);
        LocalDate last = lastDay(due);
        return switch (unit) {
            case HOUR -> new Left(unit, Duration.between(now, due).abs().toHours(), over);
            case WORKDAY -> new Left(unit, over ? workdays(last, today) : workdays(today, last), over);
            case DAY, MONTH -> new Left(Limit.Unit.DAY, Math.abs(last.toEpochDay() - today.toEpochDay()), over);
        };
    }

    @Override
    public long workdays(LocalDate after, LocalDate until) {
        return Math.max(0, workdaysUpTo(until.toEpochDay()) - workdaysUpTo(after.toEpochDay()));
    }

    @Override
    public Duration served(Instant from, Instant to, ServiceHours hours) {
        if (!from.isBefore(to)) {
            return Duration.ZERO;
        }
        if (hours.always()) {
            return Duration.between(from, to);
        }
        Duration served = Duration.ZERO;
        LocalDate end = CivilTime.dateOf(to);
        for (LocalDate day = CivilTime.dateOf(from); !day.isAfter(end); day = day.plusDays(1)) {
            for (Open open : open(day, hours)) {
                Instant begins = open.from().isBefore(from) ? from : open.from();
                Instant ends = open.to().isAfter(to) ? to : open.to();
                if (begins.isBefore(ends)) {
                    served = served.plus(Duration.between(begins, ends));
                }
            }
        }
        return served;
    }

    /** The instant at which so much service time will have passed. */
    private Instant advanced(Instant from, Duration time, ServiceHours hours) {
        if (hours.always() || time.isZero()) {
            return from.plus(time);
        }
        Duration rest = time;
        for (LocalDate day = CivilTime.dateOf(from);; day = day.plusDays(1)) {
            for (Open open : open(day, hours)) {
                Instant begins = open.from().isBefore(from) ? from : open.from();
                if (begins.isBefore(open.to())) {
                    Duration here = Duration.between(begins, open.to());
                    if (here.compareTo(rest) >= 0) {
                        return begins.plus(rest);
                    }
                    rest = rest.minus(here);
                }
            }
        }
    }

    private record Open(Instant from, Instant to) {
    }

    private List<Open> open(LocalDate day, ServiceHours hours) {
        if (!hours.on(day, isWorkday(day))) {
            return List.of();
        }
        List<Open> open = new ArrayList<>(hours.spans().size());
        for (ServiceHours.Span span : hours.spans()) {
            open.add(new Open(day.atTime(span.from()).atZone(CivilTime.ZONE).toInstant(),
                    span.to().equals(LocalTime.MIDNIGHT) ? CivilTime.startOf(day.plusDays(1)) : day.atTime(span.to()).atZone(CivilTime.ZONE).toInstant()));
        }
        return open;
    }

    private Due endOf(LocalDate lastDay, boolean rolls) {
        LocalDate last = rolls && !isWorkday(lastDay) ? workdayAfter(lastDay, 1) : lastDay;
        return new Due(CivilTime.startOf(last.plusDays(1)), rolls && uncertain(lastDay, last));
    }

    /** The day of which this instant is the end; of an instant within a day, that day. */
    private static LocalDate lastDay(Instant due) {
        return CivilTime.dateOf(due.minusNanos(1));
    }

    private static long midnights(List<Pause> pauses) {
        return pauses.stream().mapToLong(pause -> CivilTime.dateOf(pause.to()).toEpochDay() - CivilTime.dateOf(pause.from()).toEpochDay()).sum();
    }

    private long workdaysEnded(Pause pause) {
        return workdays(CivilTime.dateOf(pause.from()).minusDays(1), CivilTime.dateOf(pause.to()).minusDays(1));
    }

    /** @param n from 1 */
    private LocalDate workdayAfter(LocalDate day, long n) {
        long wanted = workdaysUpTo(day.toEpochDay()) + n;
        long low = day.toEpochDay() + n;
        long high = low + n + 30;
        while (workdaysUpTo(high) < wanted) {
            high += n + 30;
        }
        while (low < high) {
            long middle = Math.floorDiv(low + high, 2L);
            if (workdaysUpTo(middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return LocalDate.ofEpochDay(low);
    }

    /** Working days from some fixed Monday up to and including this day; only differences mean something. */
    private long workdaysUpTo(long epochDay) {
        // the day after, counted from Monday 29 December 1969
        long sinceMonday = epochDay + 1 + 3;
        int at = Arrays.binarySearch(departures, epochDay + 1);
        return Math.floorDiv(sinceMonday, 7L) * 5 + Math.min(Math.floorMod(sinceMonday, 7L), 5) + sums[at < 0 ? -at - 1 : at];
    }

    /** Whether a notice that is not there may change which of these days are working days. */
    private boolean uncertain(LocalDate first, LocalDate last) {
        for (int year = first.getYear(); year <= last.getYear(); year++) {
            if (provisional(year)) {
                return true;
            }
        }
        return provisional(last.getYear() + 1) && !last.isBefore(LocalDate.of(last.getYear(), Month.DECEMBER, DAY_OF_DECEMBER));
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
