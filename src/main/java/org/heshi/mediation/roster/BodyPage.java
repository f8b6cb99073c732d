package org.heshi.mediation.roster;

import java.util.List;
import java.util.Optional;

/**
 * A committee as staff read it.
 *
 * @param lacks   what the law asks of a committee and this one has not: codes of messages
 * @param waiting posts with the role of a mediator that are not on the roster
 */
public record BodyPage(String unit, String name, String place, Optional<Body> body, List<MediatorPage> mediators, List<Waiting> waiting, List<String> lacks,
        List<RoomLine> rooms, boolean mayKeep) {

    public BodyPage {
        mediators = List.copyOf(mediators);
        waiting = List.copyOf(waiting);
        lacks = List.copyOf(lacks);
        rooms = List.copyOf(rooms);
    }

    public record Waiting(String post, String title, String name) {
    }

    public record RoomLine(String id, String name, String place, int seats) {
    }
}
