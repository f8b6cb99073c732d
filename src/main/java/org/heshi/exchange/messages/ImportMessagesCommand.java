package org.heshi.exchange.messages;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi import messages FILE --division CODE --kind KIND [--categories FILE]}. */
@Lazy
@Component
@CliCommand.Under("import")
@Command(name = "messages", description = {"Takes residents' messages of another board in from a CSV file, each once.",
        "Columns: sender, title, received_at, text; optional: reply, replied_at, category. Others are read over.",
        "Rows that do not go in are written to FILE.rejected.csv with their line and the reasons. Exit code 1 when there are any."})
class ImportMessagesCommand implements CliCommand {

    @Parameters(paramLabel = "FILE", description = "CSV in UTF-8, GBK or GB18030")
    private @Nullable Path file;

    @Option(names = "--division", paramLabel = "CODE", required = true, description = "code of the place; its centre takes the messages in")
    private String division = "";

    @Option(names = "--kind", paramLabel = "KIND", required = true, description = "kind of matter that they become: service, advice, ...")
    private String kind = "";

    @Option(names = "--categories", paramLabel = "FILE", description = "CSV with level1,level2,level3: a category tree to add first")
    private @Nullable Path categories;

    @Spec
    private @Nullable CommandSpec spec;

    private final ImportMessages messages;
    private final CategoryFile categoryFile;
    private final Divisions divisions;

    ImportMessagesCommand(ImportMessages messages, CategoryFile categoryFile, Divisions divisions) {
        this.messages = messages;
        this.categoryFile = categoryFile;
        this.divisions = divisions;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path input = readable(file);
        if (divisions.find(division).isEmpty()) {
            throw new NoSuchElementException("there is no place with the code " + division);
        }
        Actor.Machine importer = new Actor.Machine("importer");
        if (categories != null) {
            Path tree = readable(categories);
            out.printf("categories: %,d paths%n", within(importer, () -> categoryFile.load(tree)));
        }
        ImportMessages.Came came;
        try (Progress progress = new Progress("messages", 0)) {
            came = within(importer, () -> messages.from(input, division, kind, progress::add));
        }
        out.printf("%s (%s): %,d added, of them %,d answered; %,d were here already; %,d rejected%n", input.getFileName(), came.encoding(),
                came.added(), came.answered(), came.known(), came.rejected());
        came.unknown().forEach((name, count) -> out.printf("category not in the tree: %s (%,d messages went in without one)%n", name, count));
        Optional<Path> rejected = came.rejectedIn();
        rejected.ifPresent(where -> err.printf("rejected rows: %s%n", where));
        return came.rejected() == 0 ? 0 : 1;
    }

    private static Path readable(@Nullable Path given) throws IOException {
        if (given == null || !Files.isRegularFile(given) || !Files.isReadable(given)) {
            throw new IOException("cannot read the file " + given);
        }
        return given;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T within(Actor actor, Work<T> work) throws IOException {
        try {
            return Acting.as(actor, () -> {
                try {
                    return work.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
