package org.heshi.mediation.calendar;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.Readings;
import org.springframework.stereotype.Component;

/** Tells a party on the page where they follow the matter of the sittings to come, with a file for the calendar of their telephone. */
@Component
class Sittings implements FollowNotes {

    static final Set<String> FIXES = Set.of("invite", "invite-apart");
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
        List<Way> files = readings.of(matter).stream().filter(one -> FIXES.contains(one.action()) && BookingSittings.Wanted.of(one.data())
                .filter(wanted -> wanted.until().isAfter(clock.instant())).isPresent()).map(one -> new Way("mediation.calendar.follow.file", "/sittings/" + one.seq() + "/sitting.ics", false))
                .toList();
        return files.isEmpty() ? List.of() : List.of(new Note("info", "mediation.calendar.follow.title", List.of("mediation.calendar.follow.text"), List.of(), files));
    }

    @Override
    public List<Note> before(Actor.Resident who, UUID matter, String kind, String action) {
        return List.of();
    }
}
