package org.heshi.divisions.edition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi divisions succeed FILE --on DAY}. */
@Component
@Lazy
@CliCommand.Under("divisions")
@Command(name = "succeed", description = {"Ends codes of places and says where they go: lines of \"old code,new code,name of the new place\".",
        "One new code that nobody has: the place is renumbered, with all below it. The same new code for several: they are merged. Several new codes: it is split.",
        "The name is needed only for what does not stand yet; places below a merged or split one need lines of their own. All or nothing."})
class SucceedDivisions implements CliCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The lines, UTF-8.")
    private Path file = Path.of("");

    @Option(names = "--on", paramLabel = "YYYY-MM-DD", required = true, description = "The first day on which the new codes hold.")
    private @Nullable LocalDate day;

    @Spec
    private @Nullable CommandSpec spec;

    private final Succeeding succeeding;

    SucceedDivisions(Succeeding succeeding) {
        this.succeeding = succeeding;
    }

    @Override
    public Integer call() throws IOException {
        var console = Objects.requireNonNull(spec).commandLine();
        try {
            int ended = succeeding.take(lines(Files.readAllLines(file)), Objects.requireNonNull(day));
            console.getOut().println("%,d codes ended on %s; figures are told for both cuts.".formatted(ended, day));
            return 0;
        } catch (BadEdition e) {
            console.getErr().println(e.getMessage());
        } catch (DataIntegrityViolationException e) {
            console.getErr().println(Objects.requireNonNull(e.getMostSpecificCause().getMessage()).lines().findFirst().orElse(""));
        }
        console.getErr().println("Nothing was changed.");
        return 1;
    }

    static List<Succeeding.Line> lines(List<String> text) {
        List<Succeeding.Line> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).replace("\uFEFF", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] parts = line.split(",", 3);
            if (parts.length < 2 || !parts[0].strip().matches("[1-9][0-9]{1,16}") || !parts[1].strip().matches("[1-9][0-9]{1,16}")
                    || parts[0].strip().length() != parts[1].strip().length() || parts[0].strip().equals(parts[1].strip())) {
                throw new BadEdition("line " + (i + 1) + " is not \"old code,new code,name\" of one level");
            }
            lines.add(new Succeeding.Line(parts[0].strip(), parts[1].strip(), parts.length == 3 ? parts[2].strip() : ""));
        }
        return lines;
    }
}
