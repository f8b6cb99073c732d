package org.heshi.notices.tell;

import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.HeldPost;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether a post may see a matter: the same policies that guard its pages are asked, as that post, so that nobody is told what they may not open. */
@Component
class Eyes {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Eyes(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    boolean see(HeldPost held, UUID matter) {
        return Acting.as(new Actor.Staff(held), () -> Boolean.TRUE.equals(transactions.execute(_ ->
                jdbc.sql("select matters.may_see(?)").param(matter).query(Boolean.class).single())));
    }
}
