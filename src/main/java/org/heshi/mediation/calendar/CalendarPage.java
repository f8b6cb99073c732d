package org.heshi.mediation.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Some days of a mediator or of a room.
 *
 * @param room    whose days these are; empty: of who looks
 * @param earlier address of the days before
 * @param later   address of the days after
 */
public record CalendarPage(LocalDate first, LocalDate last, boolean week, Optional<RoomChoice> room, List<RoomChoice> rooms, List<Day> days, String earlier, String later) {

    public CalendarPage {
        rooms = List.copyOf(rooms);
        days = List.copyOf(days);
    }

    public record RoomChoice(String id, String name) {
    }

    public record Day(LocalDate day, boolean today, List<Sitting> sittings) {

        public Day {
            sittings = List.copyOf(sittings);
        }
    }

    /**
     * @param number as people read it; empty when who looks may only know that the time is taken
     * @param file   address of the file for calendars
     * @param cancel address of the form by which it is cancelled; empty when who looks may not
     */
    public record Sitting(Instant from, Instant until, String number, String href, String title, String room, boolean apart, String file, String cancel) {
    }
}
