package org.heshi.exchange.webhook;

import org.heshi.matters.Forgetting;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Nothing is told of an erased matter, and it is not kept what was. */
@Component
class ForgottenDeliveries implements Forgetting {

    private final Sending sending;
    private final TransactionTemplate transactions;

    ForgottenDeliveries(Sending sending, TransactionTemplate transactions) {
        this.sending = sending;
        this.transactions = transactions;
    }

    @Override
    public String room() {
        return "webhooks";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> sending.forget(matter.matter()));
        return true;
    }
}
