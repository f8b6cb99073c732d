package org.heshi.identity.command;

import java.util.Optional;
import org.heshi.identity.Accounts;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For whoever lost the authenticator and the recovery codes. What was reset is recorded and told on the account's own page. */
@Component
@CliCommand.Under("user")
@Command(name = "factor", description = "Says whether somebody has a second factor; with --reset takes it away, so that they set up another at the next sign-in.")
class UserFactor implements CliCommand {

    private final Accounts accounts;
    private final Factors factors;
    private final Passkeys passkeys;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIGN-IN-NAME", description = "Whose second factor.")
    private String signInName;

    @Option(names = "--reset", description = "Takes it away with recovery codes and passkeys and ends running sessions. Make sure first who asks for it.")
    private boolean reset;

    UserFactor(Accounts accounts, Factors factors, Passkeys passkeys) {
        this.accounts = accounts;
        this.factors = factors;
        this.passkeys = passkeys;
    }

    @Override
    public Integer call() {
        Optional<Accounts.Account> account = OpenAccount.named(signInName, accounts, spec);
        if (account.isEmpty()) {
            return 1;
        }
        if (reset) {
            factors.remove(account.get().person(), null);
            passkeys.removeAll(account.get().person());
            accounts.endSessions(account.get().person());
        } else {
            spec.commandLine().getOut().println(factors.find(account.get().person())
                    .map(has -> "authenticator since " + CivilTime.dateOf(has.since()) + ", " + has.codesLeft() + " recovery codes left")
                    .orElse("no authenticator") + ", " + passkeys.of(account.get().person()).size() + " passkeys");
        }
        return 0;
    }
}
