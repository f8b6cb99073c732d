package org.heshi.identity.command;

import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Person;
import org.heshi.directory.Roster;
import org.heshi.identity.Accounts;
import org.heshi.identity.account.AccountsJdbc;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The first administrator of a place, who gets a one-time link instead of a password (decision 12). */
@Component
@CliCommand.Under("user")
@Command(name = "create", description = "Makes an administrator of a place and prints a link, good once and for 48 hours, to set the password.")
class UserCreate implements CliCommand {

    private final Roster roster;
    private final Accounts accounts;
    private final Links links;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SIGN-IN-NAME", description = "Letters, digits, dots, hyphens; case is not told apart.")
    private String signInName;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The person's name.")
    private String name;

    @Option(names = "--division", required = true, paramLabel = "CODE", description = "Code of the place, as 330681.")
    private String division;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Where notices go.")
    private Optional<String> email = Optional.empty();

    UserCreate(Roster roster, Accounts accounts, Links links) {
        this.roster = roster;
        this.accounts = accounts;
        this.links = links;
    }

    @Override
    public Integer call() {
        if (accounts.findByName(signInName).isPresent()) {
            spec.commandLine().getErr().println("There is an account of that name already: " + signInName);
            return 1;
        }
        if (!AccountsJdbc.wellFormed(signInName)) {
            spec.commandLine().getErr().println("A sign-in name has 2 to 64 letters, digits, dots or hyphens: " + signInName);
            return 1;
        }
        Person person = Acting.as(new Actor.Machine("user-command"), () -> roster.enterAdministrator(division, name, email));
        return switch (accounts.create(person.id(), signInName, null)) {
            case Accounts.Creating.Done(Accounts.Account account) -> {
                spec.commandLine().getOut().println(links.to(accounts.firstLink(account.person())));
                yield 0;
            }
            case Accounts.Creating.Refused(var refusals) -> {
                refusals.forEach(refusal -> spec.commandLine().getErr().println(refusal.code()));
                yield 1;
            }
        };
    }
}
