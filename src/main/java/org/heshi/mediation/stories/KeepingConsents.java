package org.heshi.mediation.stories;

import java.util.Optional;
import java.util.Set;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.matters.Companion;
import org.heshi.matters.Forgetting;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A consent that is taken back takes the story down in the same transaction. */
@Component
@Order(40)
class KeepingConsents implements CourseListener, Forgetting {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private static final Set<String> SAYS = Set.of("story", "story-back", "reopen", "redo", "remediate");

    private final Stories stories;
    private final InnerScope inner;
    private final TransactionTemplate transactions;

    KeepingConsents(Stories stories, InnerScope inner, TransactionTemplate transactions) {
        this.stories = stories;
        this.inner = inner;
        this.transactions = transactions;
    }

    @Override
    public boolean listensTo(String action) {
        return SAYS.contains(action);
    }

    @Override
    public void kept(Companion.Step step, Optional<Dispute> before, Dispute after) {
        // a guardian or representative speaks for whom they stand for
        Optional<Integer> party = step.actor() instanceof Actor.Resident resident ? after.speaksFor(resident.party()).map(Dispute.Participant::party) : Optional.empty();
        switch (step.action()) {
            case "story" -> party.ifPresent(one -> inner.as(SELF, () -> stories.consented(step.matter(), one, String.valueOf(step.data().get("text")), step.at())));
            case "story-back" -> party.ifPresent(one -> inner.as(SELF, () -> {
                stories.revoked(step.matter(), one, step.at());
                stories.takeDown(step.matter(), step.at());
            }));
            case "reopen", "redo", "remediate" -> inner.as(SELF, () -> stories.takeDown(step.matter(), step.at()));
            default -> {
                // nobody said anything about the story
            }
        }
    }

    @Override
    public String room() {
        return "mediation-stories";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> stories.forget(matter.matter()));
        return true;
    }

    /** Nobody can say whether the story tells of words that went: it goes, and may be written and asked for anew. */
    @Override
    public boolean forgetPart(Part part) {
        transactions.executeWithoutResult(_ -> stories.forget(part.matter()));
        return true;
    }
}
