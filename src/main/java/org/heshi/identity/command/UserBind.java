package org.heshi.identity.command;

import java.util.Optional;
import org.heshi.identity.Accounts;
import org.heshi.identity.provider.Provider;
import org.heshi.identity.provider.ProviderAccounts;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Binds an account to the county's own sign-in: by whoever opens the link and signs in there, never by a name. */
@Component
@CliCommand.Under("user")
@Command(name = "bind", description = "Prints a link, good once and for 48 hours, by which somebody binds their account to the county's own sign-in.")
class UserBind implements CliCommand {

    private final Accounts accounts;
    private final Provider provider;
    private final ProviderAccounts bound;
    private final Links links;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIGN-IN-NAME", description = "Whose account.")
    private String signInName;

    @Option(names = "--remove", description = "Takes the binding away instead, and ends running sessions.")
    private boolean remove;

    UserBind(Accounts accounts, Provider provider, ProviderAccounts bound, Links links) {
        this.accounts = accounts;
        this.provider = provider;
        this.bound = bound;
        this.links = links;
    }

    @Override
    public Integer call() {
        Optional<Accounts.Account> account = OpenAccount.named(signInName, accounts, spec);
        if (account.isEmpty()) {
            return 1;
        }
        if (!provider.configured()) {
            spec.commandLine().getErr().println("There is no provider to bind to: set HESHI_OIDC_ISSUER.");
            return 1;
        }
        if (remove) {
            bound.unbind(account.get().person(), provider.issuer(), null);
            accounts.endSessions(account.get().person());
        } else {
            spec.commandLine().getOut().println(links.toBind(bound.link(account.get().person())));
        }
        return 0;
    }
}
