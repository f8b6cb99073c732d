package org.heshi.exchange.sheet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.heshi.kernel.XlsxInspection;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi import sheet FILE --division CODE [--check]}. */
@Lazy
@Component
@CliCommand.Under("import")
@Command(name = "sheet", description = {"Takes matters in from a spreadsheet (XLSX), each row once.",
        "--template FILE writes an empty one. The sheet comes back as FILE.result.xlsx with what became of each row in its last columns.",
        "Exit code 1 when there are rows that did not go in."})
class ImportSheetCommand implements CliCommand {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "an .xlsx with a sheet 事项 (or Matters)")
    private @Nullable Path file;

    @Option(names = "--division", paramLabel = "CODE", description = "code of the place in which they lie; its centre takes them in")
    private String division = "";

    @Option(names = "--check", description = "says what would become of each row and keeps nothing")
    private boolean check;

    @Option(names = "--template", paramLabel = "FILE", description = "writes an empty sheet with the headings and leaves")
    private @Nullable Path template;

    @Spec
    private @Nullable CommandSpec spec;

    private final ImportSheet sheets;
    private final Divisions divisions;
    private final MessageSource words;

    ImportSheetCommand(ImportSheet sheets, Divisions divisions, MessageSource words) {
        this.sheets = sheets;
        this.divisions = divisions;
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (template != null) {
            Files.write(template, SheetTemplate.of(false, words));
            out.printf("%s%n", template);
            return 0;
        }
        if (file == null || !Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("cannot read the file " + file);
        }
        if (divisions.find(division).isEmpty()) {
            throw new NoSuchElementException("there is no place with the code '" + division + "': name it with --division");
        }
        Path result = file.resolveSibling(file.getFileName().toString().replaceFirst("(?i)\\.xlsx$", "") + ".result.xlsx");
        Path unfinished = result.resolveSibling(result.getFileName() + ".part");
        ImportSheet.Came came;
        try (OutputStream back = new BufferedOutputStream(Files.newOutputStream(unfinished)); Progress progress = new Progress("rows", 0)) {
            came = sheets.from(file, division, "", check, back, Locale.SIMPLIFIED_CHINESE, progress::add);
        } catch (XlsxInspection.Unreadable e) {
            Files.deleteIfExists(unfinished);
            throw new IOException(file.getFileName() + ": " + words.getMessage("sheet.file." + e.code(), null, Locale.ENGLISH));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, result, StandardCopyOption.REPLACE_EXISTING);
        out.printf("%s: %,d rows; %,d %s; %,d were here already; %,d wrong%n", file.getFileName(), came.rows(), came.added(), check ? "would be added" : "added", came.known(), came.wrong());
        out.printf("every row with what became of it: %s%n", result);
        return came.wrong() == 0 ? 0 : 1;
    }
}
