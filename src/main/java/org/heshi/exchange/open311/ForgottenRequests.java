package org.heshi.exchange.open311;

import org.heshi.matters.Forgetting;
import org.springframework.stereotype.Component;

/** Of an erased matter it is not kept which program sent it, nor what its token was. */
@Component
class ForgottenRequests implements Forgetting {

    private final SentRequests sent;

    ForgottenRequests(SentRequests sent) {
        this.sent = sent;
    }

    @Override
    public String room() {
        return "open311";
    }

    @Override
    public boolean forget(Forgotten matter) {
        sent.forget(matter.matter());
        return true;
    }
}
