package org.heshi.mediation.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Companion;
import org.springframework.stereotype.Component;

/** A sitting that is fixed takes up its room and its mediators, one that is cancelled frees them. What is taken by another case is refused before anything is written. */
@Component
class BookingSittings implements Companion {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");
    /** How long a sitting is that nobody said the end of. */
    static final Duration USUAL = Duration.ofMinutes(90);
    private static final Set<String> APART = Set.of("invite-apart", "move-talk");
    static final Duration LONGEST = Duration.ofHours(16);

    private final Bookings bookings;
    private final Held held;
    private final InnerScope inner;

    BookingSittings(Bookings bookings, Held held, InnerScope inner) {
        this.bookings = bookings;
        this.held = held;
        this.inner = inner;
    }

    /** @param rooms none or one */
    record Wanted(List<UUID> rooms, Instant from, Instant until) {

        /** Empty when the act says no time. */
        static Optional<Wanted> of(Map<String, Object> data) {
            return data.get("at") instanceof String at ? Optional.of(new Wanted(id(data.get("room")).stream().toList(), Instant.parse(at),
                    data.get("until") instanceof String until ? Instant.parse(until) : Instant.parse(at).plus(USUAL))) : Optional.empty();
        }

        /** Times that make no sense are refused by the course of the case itself. */
        boolean sound() {
            return until.isAfter(from) && !until.isAfter(from.plus(LONGEST));
        }
    }

    private static Optional<UUID> id(Object value) {
        return value instanceof String text ? Ids.find(text) : Optional.empty();
    }

    @Override
    public boolean takesPart(String kind, String action) {
        return kind.equals("dispute") && (Fixed.FIXES.contains(action) || Fixed.MOVES.contains(action) || Fixed.CANCELS.contains(action) || action.equals("appoint"));
    }

    @Override
    public Judged judge(Step step) {
        List<Refusal> refusals = new ArrayList<>();
        if (step.action().equals("appoint")) {
            Set<UUID> named = named(step);
            List<Bookings.Ahead> ahead = bookings.ahead(step.matter(), step.at());
            if (!ahead.isEmpty()) {
                bookings.lock(named);
                for (Bookings.Ahead one : ahead) {
                    for (Bookings.Taken taken : bookings.taken(List.of(), named, one.from(), one.until(), step.matter())) {
                        refusals.add(Refusal.at(taken.post().equals(id(step.data().get("second"))) ? "second" : "mediator", "mediation-calendar-mediator", taken.from(), taken.until()));
                    }
                }
            }
            return new Judged(refusals.stream().distinct().toList(), Map.of());
        }
        Optional<Wanted> wanted = Wanted.of(step.data()).filter(Wanted::sound);
        if (wanted.isEmpty()) {
            return Judged.FINE;
        }
        List<UUID> posts = held.mediators(step.matter());
        bookings.lock(Stream.concat(wanted.get().rooms().stream(), posts.stream()).toList());
        for (Bookings.Taken taken : bookings.taken(wanted.get().rooms(), posts, wanted.get().from(), wanted.get().until(), step.matter())) {
            refusals.add(taken.room().isPresent() ? Refusal.at("room", "mediation-calendar-room", taken.from(), taken.until())
                    : Refusal.at("at", "mediation-calendar-mediator", taken.from(), taken.until()));
        }
        return new Judged(refusals, Map.of());
    }

    @Override
    public void keep(Step step) {
        inner.as(SELF, () -> {
            if (step.action().equals("appoint")) {
                Set<UUID> named = named(step);
                for (Bookings.Ahead one : bookings.ahead(step.matter(), step.at())) {
                    List<UUID> there = bookings.booked(step.matter(), one.seq());
                    bookings.book(step.matter(), one.seq(), List.of(), named.stream().filter(post -> !there.contains(post)).toList(), one.from(), one.until(), one.apart());
                }
                return;
            }
            int seq = Fixed.FIXES.contains(step.action()) ? step.seq() : Fixed.which(step.data());
            if (seq != step.seq()) {
                bookings.releaseOne(step.matter(), seq, step.actor() instanceof Actor.Staff staff ? staff.post() : step.matter(), step.at());
            }
            Wanted.of(step.data()).ifPresent(wanted -> bookings.book(step.matter(), seq, wanted.rooms(), held.mediators(step.matter()), wanted.from(), wanted.until(),
                    APART.contains(step.action())));
        });
    }

    private static Set<UUID> named(Step step) {
        Set<UUID> named = new LinkedHashSet<>();
        id(step.data().get("mediator")).ifPresent(named::add);
        id(step.data().get("second")).ifPresent(named::add);
        return named;
    }
}
