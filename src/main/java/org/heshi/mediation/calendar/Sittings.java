package org.heshi.mediation.calendar;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.Actor;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.Readings;
import org.springframework.stereotype.Component;

/** Tells a party on the page where they follow the matter of the sittings to come, with a file for the calendar of their telephone. */
@Component
class Sittings implements FollowNotes {

    private static final Set<String> OVER = Set.of("agreed", "not-agreed", "answered", "closed", "withdrawn", "merged");

    private final Readings readings;
    private final InstantSource clock;

    Sittings(Readings readings, InstantSource clock) {
        this.readings = readings;
        this.clock = clock;
    }

    @Override
    public List<Note> onThePage(Actor.Resident who, UUID matter, String kind, String state) {
        if (!kind.equals("dispute") || OVER.contains(state)) {
            return List.of();
        }
        List<Fixed> ahead = Fixed.of(readings.of(matter)).stream().filter(one -> one.until().isAfter(clock.instant())).toList();
        List<Note> notes = new ArrayList<>();
        List<Way> gone = files(ahead.stream().filter(Fixed::cancelled), "mediation.calendar.follow.cancelled.file");
        if (!gone.isEmpty()) {
            notes.add(new Note("warn", "mediation.calendar.follow.cancelled.title", List.of("mediation.calendar.follow.cancelled.text"), List.of(), gone));
        }
        List<Way> files = files(ahead.stream().filter(one -> !one.cancelled()), "mediation.calendar.follow.file");
        if (!files.isEmpty()) {
            notes.add(new Note("info", "mediation.calendar.follow.title", List.of("mediation.calendar.follow.text"), List.of(), files));
        }
        return notes;
    }

    private static List<Way> files(Stream<Fixed> sittings, String label) {
        return sittings.map(one -> new Way(label, "/sittings/" + one.seq() + "/sitting.ics", false, Optional.of(one.from()))).toList();
    }

    @Override
    public List<Note> before(Actor.Resident who, UUID matter, String kind, String action) {
        return List.of();
    }
}
