package org.heshi.exchange.orders;

import org.heshi.matters.Forgetting;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Of an erased matter it is not kept whose order it was, either. */
@Component
class ForgottenOrders implements Forgetting {

    private final OrderRows rows;
    private final TransactionTemplate transactions;

    ForgottenOrders(OrderRows rows, TransactionTemplate transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    public String room() {
        return "orders";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> rows.forget(matter.matter()));
        return true;
    }
}
