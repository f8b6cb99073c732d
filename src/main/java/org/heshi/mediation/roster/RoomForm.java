package org.heshi.mediation.roster;

import java.util.Objects;

/** What is typed about a room. */
public record RoomForm(String name, String place, String seats) {

    public RoomForm {
        name = Objects.requireNonNullElse(name, "");
        place = Objects.requireNonNullElse(place, "");
        seats = Objects.requireNonNullElse(seats, "");
    }
}
