package org.heshi.identity.command;

import java.util.Optional;
import org.heshi.identity.Accounts;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends an account; what the person did stays in the log. */
@Component
@CliCommand.Under("user")
@Command(name = "end", description = "Ends an account at once, running sessions included. It is not opened again.")
class UserEnd implements CliCommand {

    private final Accounts accounts;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIGN-IN-NAME", description = "Whose account.")
    private String signInName;

    UserEnd(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Integer call() {
        Optional<Accounts.Account> account = accounts.findByName(signInName);
        if (account.isEmpty()) {
            spec.commandLine().getErr().println("There is no account of that name: " + signInName);
            return 1;
        }
        accounts.end(account.get().person());
        return 0;
    }
}
