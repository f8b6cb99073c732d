package org.heshi.mediation.sign;

import java.util.Optional;
import org.heshi.access.Actor;
import org.heshi.matters.Companion;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.stereotype.Component;

/** Who signed needs a link no more, by whatever way they came. */
@Component
class LinksEndWithSigning implements CourseListener {

    private final SigningLinks links;

    LinksEndWithSigning(SigningLinks links) {
        this.links = links;
    }

    @Override
    public boolean listensTo(String action) {
        return action.equals("sign");
    }

    @Override
    public void kept(Companion.Step step, Optional<Dispute> before, Dispute after) {
        if (step.actor() instanceof Actor.Resident signer) {
            links.signed(step.matter(), signer.party(), step.at());
        }
    }
}
