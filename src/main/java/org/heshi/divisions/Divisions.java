package org.heshi.divisions;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places. All answers are of today unless said otherwise; reads need no scope, places are public. */
public interface Divisions {

    Optional<Division> find(String code);

    /** Whether there is such a place today, as it was known two seconds ago at most. Asked by every report, it mostly costs no way to the database. */
    boolean stands(String code);

    /** @throws java.util.NoSuchElementException when there is no such place today */
    Division get(String code);

    /** Its parents from the province down, and itself last. A county whose code ends 00 stands under its prefecture as any other. */
    List<Division> path(String code);

    /** The full name for people, without repeating: 浙江省绍兴市诸暨市枫桥镇枫源村. Of a place that stands no more as it was called last. */
    String fullName(String code);

    /** The names of many places by their codes, each its own only; unknown ones are left out. */
    Map<String, String> names(Collection<String> codes);

    /** As {@link #names}, also of places that stand no more: under the name that they had last. */
    Map<String, String> namesEver(Collection<String> codes);

    /** The full names of many places by their codes, also of those that stand no more; unknown ones are left out. */
    Map<String, String> fullNames(Collection<String> codes);

    /** The places right below, by code. An empty code lists the provinces. */
    List<Division> children(String code);

    /** The places that stood right below at some time of these days, by code, each under the name that it had last. */
    List<Division> childrenBetween(String code, LocalDate from, LocalDate to);

    /** Counts the changes of the register: while it is the same, so are all places. */
    long edition();

    /** Every code and name under which the place stood that has or had this code, the oldest first; none when no place ever had it. */
    List<Standing> standings(String code);

    /** @param to the first day on which it did so no longer; empty: it still does */
    record Standing(String code, String name, LocalDate from, Optional<LocalDate> to) {
    }

    /**
     * Finds places by a part of the name or by pinyin initials, nearest level first: exact names, then names that start so, then the rest;
     * within a level by code.
     *
     * @param typed  what the person typed; blank finds nothing
     * @param within only places under this code; empty for the whole country
     * @param limit  at most this many
     */
    List<Division> search(String typed, String within, int limit);

    /**
     * Codes that stand no more, each with the code under which that place, or the one it went into, stands today. Of a place that was split it is the nearest place that
     * holds all its parts.
     */
    Map<String, String> moved();

    /**
     * Codes that stand no more and whose places went on as one other, each with the code under which that one stands today: renumbered or merged, never split. A part of it
     * may have gone elsewhere; then it has an entry of its own.
     */
    Map<String, String> successors();

    /** The code under which a place went on, as {@link #successors()} has it; any other code itself. Some seconds old. */
    String today(String code);

    /** Codes that stand no more and whose places went into this one or below it with all that they held; the widest only, by code. */
    List<String> once(String code);

    /** Codes that have just ended and whose places went into this one or one that it lies in, as long as what stands there was not moved yet; nearly always none. */
    List<String> leaving(String code);
}
