package org.heshi.mediation.calendar;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Picks;
import org.heshi.matters.Readings;
import org.springframework.stereotype.Component;

/** Sittings that are still to come, to be cancelled or moved: those of all sides and those with one side alone. */
@Component
class SittingPicks implements Picks {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Readings readings;
    private final InstantSource clock;

    SittingPicks(Readings readings, InstantSource clock) {
        this.readings = readings;
        this.clock = clock;
    }

    @Override
    public Set<String> lists() {
        return Set.of("sittings", "talks");
    }

    @Override
    public List<Pick> offered(String list, UUID matter) {
        Instant now = clock.instant();
        return Fixed.of(readings.of(matter)).stream().filter(one -> one.apart() == list.equals("talks") && !one.cancelled() && one.from().isAfter(now))
                .map(one -> new Pick(Integer.toString(one.seq()), both(time(one.from())), both(one.where()))).toList();
    }

    @Override
    public Optional<Bilingual> name(String list, UUID matter, String value) {
        return Fixed.of(readings.of(matter)).stream().filter(one -> Integer.toString(one.seq()).equals(value)).findFirst()
                .map(one -> both(one.first().equals(one.from()) ? time(one.from()) : time(one.first()) + " → " + time(one.from())));
    }

    private static String time(Instant at) {
        return TIME.format(CivilTime.of(at));
    }

    private static Bilingual both(String words) {
        return new Bilingual(words, words);
    }
}
