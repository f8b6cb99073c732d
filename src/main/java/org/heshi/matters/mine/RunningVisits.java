package org.heshi.matters.mine;

import java.security.MessageDigest;
import org.heshi.access.ResidentSession;
import org.heshi.access.ResidentVisits;
import org.heshi.matters.ResidentCodes;
import org.springframework.stereotype.Component;

/** Asks the tables of codes and accounts: one row of each, by its key. */
@Component
class RunningVisits implements ResidentVisits {

    private final ResidentCodes codes;
    private final ResidentAccounts accounts;

    RunningVisits(ResidentCodes codes, ResidentAccounts accounts) {
        this.codes = codes;
        this.accounts = accounts;
    }

    @Override
    public boolean runs(ResidentSession.Visit visit) {
        return MessageDigest.isEqual(codes.mark(visit.resident()).orElse(null), visit.mark())
                && (visit.account() == null || accounts.runs(visit.account().account(), visit.account().since()));
    }
}
