package org.heshi.bill.edition;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is done with a draft. Whoever calls has asked {@link Publishing} whether they may. */
@Component
public class Drafts {

    private final Editions editions;
    private final MakeEdition make;

    Drafts(Editions editions, MakeEdition make) {
        this.editions = editions;
        this.make = make;
    }

    public Optional<Edition> draft() {
        return editions.draft();
    }

    public YearMonth lastFinished() {
        return make.lastFinished();
    }

    public boolean make(Set<YearMonth> recount) {
        return make.make(recount);
    }

    public void drop() {
        editions.dropDraft();
    }

    public Optional<Integer> release(UUID id, String digest, UUID post, Instant at) {
        return editions.release(id, digest, post, at);
    }
}
