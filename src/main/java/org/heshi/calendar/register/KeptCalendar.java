package org.heshi.calendar.register;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Due;
import org.heshi.calendar.Left;
import org.heshi.calendar.Limit;
import org.heshi.calendar.Pause;
import org.heshi.calendar.ServiceHours;
import org.heshi.calendar.days.Known;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.days.NoticeDay;
import org.heshi.calendar.days.ShippedNotices;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the program ships, and over it what administrators took in. Several programs may work on one database. */
@Component
public class KeptCalendar implements Calendar {

    /** For so long the edition is not asked for again. */
    static final Duration FRESH = Duration.ofSeconds(5);

    /**
     * @param stored the newest edition in the database
     * @param asked  when it was asked for, by {@link System#nanoTime}
     */
    private record Held(Known known, long stored, long asked) {
    }

    private record Row(long edition, int year, String source, OffsetDateTime at, LocalDate day, String kind, String name) {
    }

    private final JdbcClient jdbc;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Held held;

    KeptCalendar(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The calendar as it is now; keep it for as long as several answers must fit together. */
    public Known known() {
        Held now = held;
        if (now != null && System.nanoTime() - now.asked() < FRESH.toNanos()) {
            return now.known();
        }
        if (asking.tryLock()) {
            try {
                return look().known();
            } finally {
                asking.unlock();
            }
        }
        // somebody is asking; nobody waits for that, they may be waiting for a connection that this thread has
        return now == null ? look().known() : now.known();
    }

    /** Asks at once: after a notice was taken in, and on a page that shows what there is. */
    public Known fresh() {
        return look().known();
    }

    private Held look() {
        Held before = held;
        long asked = System.nanoTime();
        long stored = jdbc.sql("select coalesce(max(edition), 0) from calendar.notice").query(Long.class).single();
        // not only a greater one: what a transaction read of its own notice may have been taken back
        Held now = before != null && before.stored() == stored ? new Held(before.known(), stored, asked) : stored == 0 ? held(List.of(), asked) : read(asked);
        held = now;
        return now;
    }

    /** In one statement, so that no notice is seen without its days. */
    private Held read(long asked) {
        return held(jdbc.sql("""
                select n.edition, n.year, n.source, n.at, d.day, d.kind, d.name
                from calendar.notice n join calendar.day d on d.edition = n.edition
                where n.edition in (select max(edition) from calendar.notice group by year)
                order by n.edition, d.day
                """).query(Row.class).list(), asked);
    }

    private static Held held(List<Row> rows, long asked) {
        Map<Long, List<Row>> byEdition = new LinkedHashMap<>();
        rows.forEach(row -> byEdition.computeIfAbsent(row.edition(), _ -> new ArrayList<>()).add(row));
        List<Notice> notices = new ArrayList<>(ShippedNotices.all());
        byEdition.values().forEach(notice -> notices.add(new Notice(notice.getFirst().year(), notice.getFirst().source(),
                Optional.of(notice.getFirst().at().toInstant()),
                notice.stream().map(row -> new NoticeDay(row.day(), NoticeDay.Kind.of(row.kind()), row.name())).toList())));
        long stored = byEdition.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        return new Held(Known.of(notices, ShippedNotices.all().size() + stored), stored, asked);
    }

    @Override
    public boolean isWorkday(LocalDate day) {
        return known().isWorkday(day);
    }

    @Override
    public boolean provisional(int year) {
        return known().provisional(year);
    }

    @Override
    public long edition() {
        return known().edition();
    }

    @Override
    public Due due(Limit limit, Instant start, ServiceHours hours, List<Pause> pauses) {
        return known().due(limit, start, hours, pauses);
    }

    @Override
    public Instant shifted(Limit limit, Instant due, Instant pausedFrom, Instant pausedTo, ServiceHours hours) {
        return known().shifted(limit, due, pausedFrom, pausedTo, hours);
    }

    @Override
    public Left left(Limit.Unit unit, Instant now, Instant due) {
        return known().left(unit, now, due);
    }

    @Override
    public long workdays(LocalDate after, LocalDate until) {
        return known().workdays(after, until);
    }

    @Override
    public Duration served(Instant from, Instant to, ServiceHours hours) {
        return known().served(from, to, hours);
    }
}
