package org.heshi.mediation.course;

import java.util.List;
import java.util.UUID;
import org.heshi.matters.Forgetting;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What this room's rows tell of the people in a dispute goes with it: who stood where, what was signed, owed and paid, when they met. That there was a dispute,
 * of which type and with which result, stays, as in the statistics.
 */
@Component
class ForgottenCases implements Forgetting {

    /** Rows that hang on another one stand before it. */
    private static final List<String> TABLES = List.of("payment", "instalment", "signature", "court", "draft", "sitting", "booking", "participant", "paper");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ForgottenCases(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String room() {
        return "mediation";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> {
            TABLES.forEach(table -> jdbc.sql("delete from mediation." + table + " where matter = ?").param(matter.matter()).update());
            sums(matter.matter());
        });
        return true;
    }

    /** What was owed by words that went. The rest is numbers of parties, days and digests, which tell nothing that the entries do not. */
    @Override
    public boolean forgetPart(Part part) {
        if (part.fields().contains("terms")) {
            transactions.executeWithoutResult(_ -> {
                List.of("payment", "instalment").forEach(table -> jdbc.sql("delete from mediation." + table + " where matter = ?").param(part.matter()).update());
                sums(part.matter());
            });
        }
        return true;
    }

    private void sums(UUID matter) {
        jdbc.sql("update mediation.dispute set claimed_fen = null, sum_fen = null where matter = ?").param(matter).update();
    }
}
