package org.heshi.identity.command;

import java.io.PrintWriter;
import org.heshi.identity.Accounts;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Who has an account. */
@Component
@CliCommand.Under("user")
@Command(name = "list", description = "Lists all accounts: sign-in name, person, state, since when; parted by tabs.")
class UserList implements CliCommand {

    private final Accounts accounts;

    @Spec
    private CommandSpec spec;

    UserList(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Accounts.Account account : accounts.all()) {
            String state = account.endedAt().isPresent() ? "ended" : account.hasPassword() ? "active" : "no password yet";
            out.println(account.name() + "\t" + account.person() + "\t" + state + "\t" + CivilTime.dateOf(account.createdAt()));
        }
        return 0;
    }
}
