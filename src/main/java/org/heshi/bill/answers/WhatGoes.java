package org.heshi.bill.answers;

import java.util.List;
import java.util.Set;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Follower;
import org.heshi.matters.Forgetting;
import org.heshi.matters.LoggedEntry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An answer goes with its matter: when that is erased, also in part, nothing of it stays; when it is put away, goes on after all, or somebody must be kept from it, what
 * was published goes.
 */
@Component
class WhatGoes implements Forgetting, Follower {

    private static final Actor.Machine SELF = new Actor.Machine("bill");
    private static final Set<String> TAKES_AWAY = Set.of("put-away", "reopen", "redo", "unmerge", "sort", "rekind", "hand-up", "accuse");

    private final Answers answers;
    private final TransactionTemplate transactions;

    WhatGoes(Answers answers, TransactionTemplate transactions) {
        this.answers = answers;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        batch.stream().filter(entry -> TAKES_AWAY.contains(entry.action())).forEach(entry -> Acting.run(SELF, () -> {
            if (answers.find(entry.matter()).isPresent()) {
                answers.revoke(entry.matter(), entry.recordedAt());
            }
        }));
    }

    @Override
    public String room() {
        return "bill";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> answers.forget(matter.matter()));
        return true;
    }

    /** Nobody can say whether the text tells of words that went: it goes, and may be written anew unless somebody objected. */
    @Override
    public boolean forgetPart(Part part) {
        transactions.executeWithoutResult(_ -> answers.forgetText(part.matter()));
        return true;
    }
}
