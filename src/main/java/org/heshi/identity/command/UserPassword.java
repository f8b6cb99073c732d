package org.heshi.identity.command;

import java.util.Optional;
import org.heshi.identity.Accounts;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For whoever forgot the password: a new link. Nobody types another's password. */
@Component
@CliCommand.Under("user")
@Command(name = "password", description = "Prints a link, good once and for 48 hours, to set a new password. The old one stays good until then.")
class UserPassword implements CliCommand {

    private final Accounts accounts;
    private final Links links;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIGN-IN-NAME", description = "Whose password.")
    private String signInName;

    UserPassword(Accounts accounts, Links links) {
        this.accounts = accounts;
        this.links = links;
    }

    @Override
    public Integer call() {
        Optional<Accounts.Account> account = OpenAccount.named(signInName, accounts, spec);
        if (account.isEmpty()) {
            return 1;
        }
        spec.commandLine().getOut().println(links.to(accounts.firstLink(account.get().person())));
        return 0;
    }
}
