package org.heshi.search.command;

import java.io.IOException;
import java.util.Objects;
import org.heshi.kernel.CliCommand;
import org.heshi.search.index.Shelf;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./heshi search rebuild}. */
@Lazy
@Component
@CliCommand.Under("search")
@Command(name = "rebuild", description = {"Has the search index made anew from the log.",
        "The running program does it at once in the background and goes on serving; one that is not running does it when it starts."})
class RebuildCommand implements CliCommand {

    @Spec
    private @Nullable CommandSpec spec;

    private final Shelf shelf;

    RebuildCommand(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Integer call() throws IOException {
        shelf.wishRebuild();
        Objects.requireNonNull(spec).commandLine().getOut().println("The index in " + shelf.folder() + " is rebuilt in the background; the search page says how far it is.");
        return 0;
    }
}
