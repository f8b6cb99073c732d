package org.heshi.matters.mine;

import org.heshi.matters.Forgetting;
import org.springframework.stereotype.Component;

/** An erased matter leaves the accounts that held it: that somebody kept it tells of them. */
@Component
class ForgottenAccounts implements Forgetting {

    private final ResidentAccounts accounts;

    ForgottenAccounts(ResidentAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String room() {
        return "accounts";
    }

    @Override
    public boolean forget(Forgotten matter) {
        accounts.forgetMatter(matter.matter());
        return true;
    }
}
