package org.heshi.exchange.nodes;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.heshi.matters.Chains;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./heshi export --format jsonl|csv --out FILE [--division CODE] [--since DATE]}. */
@Lazy
@Component
@Command(name = "export", description = {"Writes matters to a file.",
        "jsonl: whole matters with their proofs and with personal data, for another installation (./heshi import matters);",
        "the files that they name are written into the folder FILE.files beside it. Keep both as safe as the database.",
        "csv: a table for people, without contacts; not complete."})
class ExportCommand implements CliCommand {

    enum Format {
        jsonl, csv
    }

    @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "jsonl or csv")
    private Format format = Format.jsonl;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "the file to write; an old one is replaced when the new one is complete")
    private @Nullable Path out;

    @Option(names = "--division", paramLabel = "CODE", description = "only matters of this place and below")
    private String division = "";

    @Option(names = "--since", paramLabel = "DATE", description = "only matters recorded on this day or later, as 2026-07-03 (Asia/Shanghai)")
    private @Nullable LocalDate since;

    @Spec
    private @Nullable CommandSpec spec;

    private final Chains chains;
    private final Exports exports;

    ExportCommand(Chains chains, Exports exports) {
        this.chains = chains;
        this.exports = exports;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter said = Objects.requireNonNull(spec).commandLine().getOut();
        if (!division.matches("[0-9]{0,17}")) {
            throw new IllegalArgumentException("a place code has digits only: " + division);
        }
        Chains.Selection selection = new Chains.Selection(division, Optional.ofNullable(since).map(CivilTime::startOf));
        Path file = Objects.requireNonNull(out).toAbsolutePath();
        try {
            long written = Acting.as(new Actor.Machine("exporter"), () -> {
                try (Progress progress = new Progress("matters", chains.count(selection))) {
                    return format == Format.jsonl ? exports.jsonLines(selection, file, progress::add) : exports.csv(selection, file, progress::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            said.printf("%,d matters written to %s%n", written, out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }
}
