package org.heshi.matters.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.DatedEvents;
import org.heshi.matters.Limits;
import org.heshi.matters.Limits.Due;
import org.springframework.stereotype.Component;

/** The limits that bind the unit of who acts, on the day by which they are to be kept. */
@Component
class DatedLimits implements DatedEvents {

    private static final int MOST = 300;

    private final Limits limits;
    private final InstantSource clock;

    DatedLimits(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public List<Event> between(Instant from, Instant until) {
        Limits.Whose whose = new Limits.Whose.Of(Acting.staff().unit());
        Instant now = clock.instant();
        Limits.Ends ends = new Limits.Ends(now, now, until);
        List<Event> events = new ArrayList<>();
        for (Due due : List.of(Due.OVER, Due.WEEK)) {
            limits.lines(whose, ends, due, Optional.empty(), MOST).rows().stream().filter(line -> !line.dueAt().isBefore(from)).map(DatedLimits::event).forEach(events::add);
        }
        return events;
    }

    private static Event event(Limits.Line line) {
        Instant last = line.dueAt().minusSeconds(1);
        boolean days = !line.hours();
        String number = line.matter().number().shown();
        Bilingual kind = line.matter().kind();
        return new Event("limit-" + line.matter().number().digits() + "-" + Integer.toHexString(line.title().zh().hashCode()),
                days ? CivilTime.startOf(CivilTime.dateOf(last)) : line.dueAt().minus(Duration.ofMinutes(15)),
                days ? CivilTime.startOf(CivilTime.dateOf(last).plusDays(1)) : line.dueAt(), days,
                new Bilingual(line.title().zh() + "到期：" + kind.zh() + " " + number, line.title().en() + " due: " + kind.en() + " " + number), "/matters/" + line.matter().number().digits());
    }
}
