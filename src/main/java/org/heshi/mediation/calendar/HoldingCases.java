package org.heshi.mediation.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.matters.Companion;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps whose cases are in whose hands as each act leaves them, and frees rooms and mediators when a mediation ends. */
@Component
@Order(0)
class HoldingCases implements CourseListener {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");
    private static final Set<String> OVER = Set.of("put-in-force", "oral", "stop", "leave", "refuse", "not-fit", "decline", "withdraw");
    private static final Set<String> COUNTS = Set.of("appoint", "object", "step-back", "put-in-force", "oral", "stop", "leave", "refuse", "not-fit", "decline", "withdraw", "reopen", "redo", "remediate", "perform", "performed");

    private final Held held;
    private final Bookings bookings;
    private final InnerScope inner;

    HoldingCases(Held held, Bookings bookings, InnerScope inner) {
        this.held = held;
        this.bookings = bookings;
        this.inner = inner;
    }

    @Override
    public boolean listensTo(String action) {
        return COUNTS.contains(action);
    }

    @Override
    public void kept(Companion.Step step, Optional<Dispute> before, Dispute after) {
        List<UUID> mediators = after.keepers().stream().map(Dispute.MediatorOf::post).toList();
        boolean over = OVER.contains(step.action()) || Set.of("perform", "performed").contains(step.action()) && after.result().isPresent();
        // mediated once more and nobody named for it: what was agreed before is still to be performed
        boolean open = !over && !after.mediating().isEmpty();
        Optional<LocalDate> due = open || after.agreement().isEmpty() ? Optional.empty()
                : after.due().stream().filter(one -> one.doneOn().isEmpty()).map(Dispute.Instalment::due).min(LocalDate::compareTo);
        UUID by = step.actor() instanceof Actor.Staff staff ? staff.post() : step.matter();
        inner.as(SELF, () -> {
            held.put(step.matter(), mediators, open, due, step.at());
            if (over || Set.of("reopen", "redo", "remediate").contains(step.action())) {
                bookings.end(step.matter(), by, step.at());
            }
            before.stream().flatMap(was -> was.mediating().stream()).map(Dispute.MediatorOf::post).filter(post -> !mediators.contains(post))
                    .forEach(post -> bookings.release(step.matter(), post, by, step.at()));
        });
    }
}
