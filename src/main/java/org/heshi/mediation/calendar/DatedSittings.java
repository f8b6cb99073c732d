package org.heshi.mediation.calendar;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.directory.Role;
import org.heshi.access.Actor;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.DatedEvents;
import org.heshi.matters.MatterRows;
import org.springframework.stereotype.Component;

/** A mediator's sittings. */
@Component
class DatedSittings implements DatedEvents {

    private final Bookings bookings;
    private final MatterRows matters;

    DatedSittings(Bookings bookings, MatterRows matters) {
        this.bookings = bookings;
        this.matters = matters;
    }

    @Override
    public List<Event> between(Instant from, Instant until) {
        Actor.Staff staff = Acting.staff();
        if (!staff.has(Role.MEDIATOR)) {
            return List.of();
        }
        List<Bookings.Line> lines = bookings.ofPost(staff.post(), from, until);
        Map<UUID, MatterRows.Row> rows = matters.rows(lines.stream().map(Bookings.Line::matter).distinct().toList()).stream().collect(Collectors.toMap(MatterRows.Row::id, row -> row));
        return lines.stream().filter(line -> rows.containsKey(line.matter())).map(line -> event(line, rows.get(line.matter()))).toList();
    }

    private static Event event(Bookings.Line line, MatterRows.Row row) {
        String number = row.number().shown();
        Bilingual title = line.apart() ? new Bilingual("单独谈话 " + number, "Talk apart " + number) : new Bilingual("调解会议 " + number, "Mediation sitting " + number);
        // as the single file of the same sitting is called
        return new Event("sitting-" + row.number().digits() + "-" + line.seq(), line.from(), line.until(), false, title, "/matters/" + row.number().digits());
    }
}
