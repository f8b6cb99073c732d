package org.heshi.matters.log;

import java.util.Objects;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reading several things as they were at one moment. */
final class Moment {

    private Moment() {
    }

    /** @return transactions of the same connections, which write nothing and see nothing that was written after their first statement */
    static TransactionTemplate of(TransactionTemplate transactions) {
        TransactionTemplate moment = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        moment.setReadOnly(true);
        return moment;
    }
}
