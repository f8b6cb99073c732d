package org.heshi.privacy.keeping;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings.Ground;
import org.heshi.matters.HeldBack;
import org.heshi.privacy.rights.Requests;
import org.springframework.stereotype.Component;

/** A hold stops every end of a matter; a request that is not answered or not carried out stops the clock alone: a request may be what ends it. */
@Component
class HeldByLaw implements HeldBack {

    private final Holds holds;
    private final Requests requests;

    HeldByLaw(Holds holds, Requests requests) {
        this.holds = holds;
        this.requests = requests;
    }

    @Override
    public Optional<Refusal> from(UUID matter, Optional<Ground> ground) {
        if (!holds.on(List.of(matter)).isEmpty()) {
            return Optional.of(Refusal.of("privacy-held"));
        }
        boolean byTheClock = ground.isEmpty() || ground.get() == Ground.RETENTION;
        return byTheClock && !requests.waiting(List.of(matter)).isEmpty() ? Optional.of(Refusal.of("privacy-request-open")) : Optional.empty();
    }
}
