package org.heshi.mediation.calendar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Ids;
import org.heshi.matters.Picks;
import org.springframework.stereotype.Component;

/** Rooms of the town of who acts, those of their own unit first, and of its county where the unit is the county's. */
@Component
class RoomPicks implements Picks {

    private static final int TOWN = 9;

    private final Rooms rooms;

    RoomPicks(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Set<String> lists() {
        return Set.of("rooms");
    }

    @Override
    public List<Pick> offered(String list, UUID matter) {
        if (!(Acting.current() instanceof Actor.Staff staff)) {
            return List.of();
        }
        String division = staff.held().division();
        return rooms.at(division.substring(0, Math.min(TOWN, division.length())), staff.unit()).stream()
                .map(room -> new Pick(room.id().toString(), both(room.name()), both(room.place()))).toList();
    }

    @Override
    public Optional<Bilingual> name(String list, UUID matter, String value) {
        return Ids.find(value).flatMap(rooms::find).map(room -> both(room.place().isEmpty() ? room.name() : room.name() + "（" + room.place() + "）"));
    }

    private static Bilingual both(String words) {
        return new Bilingual(words, words);
    }
}
