package org.heshi.exchange.nodes;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi import matters FILE}. */
@Lazy
@Component
@CliCommand.Under("import")
@Command(name = "matters", description = {"Takes in whole matters that another installation wrote with ./heshi export --format jsonl.",
        "Their files are read from the folder FILE.files beside it, as the export wrote it.",
        "Only unknown numbers, only chains that verify; the others are written to FILE.rejected.csv. Exit code 1 when there are any."})
class ImportMattersCommand implements CliCommand {

    @Parameters(paramLabel = "FILE", description = "JSON Lines, UTF-8")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    private final ImportMatters matters;

    ImportMattersCommand(ImportMatters matters) {
        this.matters = matters;
    }

    @Override
    public Integer call() throws IOException {
        Path input = Objects.requireNonNull(file);
        if (!Files.isRegularFile(input) || !Files.isReadable(input)) {
            throw new IOException("cannot read the file " + input);
        }
        ImportMatters.Came came;
        try (Progress progress = new Progress("matters", 0)) {
            came = Acting.as(new Actor.Machine("importer"), () -> {
                try {
                    return matters.from(input, progress::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%s: %,d matters added, %,d were here already, %,d rejected%n", input.getFileName(), came.added(), came.known(), came.rejected());
        if (came.files() + came.missing() > 0) {
            out.printf("%,d files came with them, %,d are missing%n", came.files(), came.missing());
        }
        came.rejectedIn().ifPresent(where -> spec.commandLine().getErr().printf("rejected: %s%n", where));
        return came.rejected() == 0 ? 0 : 1;
    }
}
