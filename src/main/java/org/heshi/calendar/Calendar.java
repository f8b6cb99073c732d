package org.heshi.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.heshi.calendar.days.Known;
import org.heshi.calendar.days.ShippedNotices;

/**
 * Working days and what is counted in them (decision 9; Civil Procedure Law of 2023, article 85: the day on which a limit starts is not
 * counted). All days are civil days in Asia/Shanghai, whatever the zone of the machine. Everything is answered from memory: the bean asks
 * the database for a newer edition at most once in some seconds, so that a call inside a transaction is no statement more in it.
 *
 * <p>A year without a notice of the State Council is computed from weekends and is provisional.
 */
public interface Calendar {

    boolean isWorkday(LocalDate day);

    /** Whether there is no notice for this year yet. */
    boolean provisional(int year);

    /**
     * Grows with every notice that comes in, and with a build that ships more of them. Who keeps a due instant keeps the edition beside it
     * (asked <em>before</em> the instant is computed) and computes those with a smaller one again, also the ones that were not
     * provisional: a notice may be corrected. Another process may be a few seconds behind, never for long.
     */
    long edition();

    /** When a limit that starts now is over. */
    default Due due(Limit limit, Instant start, ServiceHours hours) {
        return due(limit, start, hours, List.of());
    }

    /**
     * The same with the pauses that were, in any order: counted afresh, as after a new notice.
     *
     * @throws IllegalArgumentException when two pauses overlap
     */
    Due due(Limit limit, Instant start, ServiceHours hours, List<Pause> pauses);

    /**
     * A due instant moved by one pause: for DAY and MONTH by the midnights in it (its end included, its beginning not), for WORKDAY by those
     * of them that end a working day, for HOUR by the service time in it, exactly. What rolls is rolled again; counting it afresh with
     * {@link #due(Limit, Instant, ServiceHours, List)} may then come out earlier, because a roll before the pause is not undone here.
     *
     * @throws IllegalArgumentException when the pause ends before it begins
     */
    Instant shifted(Limit limit, Instant due, Instant pausedFrom, Instant pausedTo, ServiceHours hours);

    /** What is left at {@code now}; WORKDAY counts the working days after today up to the last day. */
    Left left(Limit.Unit unit, Instant now, Instant due);

    /** Working days after the one day up to and including the other; 0 when that is not later. */
    long workdays(LocalDate after, LocalDate until);

    /** The service time between two instants; zero when the second is not later. */
    Duration served(Instant from, Instant to, ServiceHours hours);

    /** What this build ships and nothing else, for computing without a database: the years 2004 to 2026. */
    static Calendar shipped() {
        return Known.of(ShippedNotices.all(), ShippedNotices.all().size());
    }
}
