package org.heshi.identity.command;

import java.util.Optional;
import org.heshi.identity.Accounts;
import picocli.CommandLine.Model.CommandSpec;

/** The account that a command names, when it has not ended. */
final class OpenAccount {

    private OpenAccount() {
    }

    /** Says on the command's error output when there is none of that name. */
    static Optional<Accounts.Account> named(String signInName, Accounts accounts, CommandSpec spec) {
        Optional<Accounts.Account> account = accounts.findByName(signInName).filter(found -> found.endedAt().isEmpty());
        if (account.isEmpty()) {
            spec.commandLine().getErr().println("There is no account of that name: " + signInName);
        }
        return account;
    }
}
