package org.heshi.bill.answers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    private final Answers answers;
    private final Tellable tellable;
    private final TransactionTemplate transactions;

    WhatGoes(Answers answers, Tellable tellable, TransactionTemplate transactions) {
        this.answers = answers;
        this.tellable = tellable;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Map<UUID, Instant> touched = batch.stream().collect(Collectors.toMap(LoggedEntry::matter, LoggedEntry::recordedAt, (_, later) -> later));
        Set<UUID> told = answers.of(touched.keySet()).keySet();
        if (told.isEmpty()) {
            return;
        }
        Set<UUID> stay = tellable.of(told);
        told.stream().filter(matter -> !stay.contains(matter)).forEach(matter -> Acting.run(SELF, () -> answers.revoke(matter, touched.get(matter))));
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
