package org.heshi.mediation.stories;

import java.util.List;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A case that is put away is told no more: nobody could take their consent back any longer. */
@Component
class CasesPutAway implements Follower {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private final Stories stories;
    private final TransactionTemplate transactions;

    CasesPutAway(Stories stories, TransactionTemplate transactions) {
        this.stories = stories;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "stories";
    }

    /** Taking down what is down changes nothing: given again after a failure it comes out the same. */
    @Override
    public void follow(List<LoggedEntry> batch) {
        batch.stream().filter(entry -> entry.action().equals("put-away") && entry.kind().equals("dispute")).forEach(entry ->
                Acting.run(SELF, () -> transactions.executeWithoutResult(_ -> stories.takeDown(entry.matter(), entry.recordedAt()))));
    }
}
