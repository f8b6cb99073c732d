package org.heshi.bill.edition;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Makes drafts of editions: all finished months, those that were released before as they were, unless somebody wants one counted anew. */
@Component
@EnableConfigurationProperties(BillSettings.class)
class MakeEdition {

    private static final Actor.Machine SELF = new Actor.Machine("bill");

    private final Editions editions;
    private final Counting counting;
    private final BillSettings settings;
    private final InstantSource clock;
    private final SecureRandom draw = new SecureRandom();

    MakeEdition(Editions editions, Counting counting, BillSettings settings, InstantSource clock) {
        this.editions = editions;
        this.counting = counting;
        this.settings = settings;
        this.clock = clock;
    }

    /** The newest month that is over. */
    YearMonth lastFinished() {
        return YearMonth.from(CivilTime.dateOf(clock.instant())).minusMonths(1);
    }

    /** Makes the draft of the month before when its day has come and neither a draft nor an edition has that month. */
    void whenItIsTime() {
        if (CivilTime.dateOf(clock.instant()).getDayOfMonth() < settings.day()) {
            return;
        }
        YearMonth last = lastFinished();
        boolean there = Acting.as(SELF, () -> editions.newestHeading().filter(one -> !one.month().isBefore(last)).isPresent()
                || editions.draft().filter(one -> !one.month().isBefore(last)).isPresent());
        if (!there) {
            make(Set.of());
        }
    }

    /**
     * Makes a draft in the place of the one that was there.
     *
     * @param recount months that were released and are counted anew
     * @return false when there is nothing to tell: no finished month, or none beside those that were released and none to count anew
     */
    boolean make(Set<YearMonth> recount) {
        Instant now = clock.instant();
        LocalDate today = CivilTime.dateOf(now);
        YearMonth last = lastFinished();
        Optional<YearMonth> first = counting.first(today);
        Optional<Edition> newest = Acting.as(SELF, editions::newest);
        List<Part> parts = new ArrayList<>(newest.map(Edition::parts).orElse(List.of()).stream().filter(part -> !recount.contains(part.month())).toList());
        List<YearMonth> anew = newest.map(Edition::parts).orElse(List.of()).stream().map(Part::month).filter(recount::contains).toList();
        List<YearMonth> wanted = new ArrayList<>(anew);
        YearMonth next = newest.map(edition -> edition.month().plusMonths(1)).or(() -> first).orElse(last.plusMonths(1));
        for (; !next.isAfter(last); next = next.plusMonths(1)) {
            wanted.add(next);
        }
        if (wanted.isEmpty()) {
            return false;
        }
        for (YearMonth month : wanted) {
            List<Part> before = Acting.as(SELF, () -> editions.told(month));
            Counted counted = counting.count(month, before.stream().reduce((_, later) -> later));
            parts.add(Telling.tell(Editions.newId(now), month, now, settings.k(), counted, before, draw));
        }
        editions.keep(Editions.newId(now), parts, anew, now);
        return true;
    }
}
