package org.heshi.divisions.outline;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.heshi.kernel.CliCommand;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./heshi import outlines FILE}. */
@Component
@Lazy
@CliCommand.Under("import")
@Command(name = "outlines", description = "Takes in how places look on the map from a GeoJSON file (WGS 84), whole or not at all. Each feature names its place by the "
        + "property code or adcode. A place that has an outline gets the new one.")
class ImportOutlines implements CliCommand {

    private static final int MOST_OF_A_SOURCE = 120;

    @Parameters(index = "0", paramLabel = "FILE", description = "A FeatureCollection of Polygons and MultiPolygons.")
    private Path file = Path.of("");

    @Option(names = "--source", paramLabel = "TEXT", description = "Where it is from, to be kept with it. Without: the name of the file.")
    private String source = "";

    private final KeptOutlines outlines;

    ImportOutlines(KeptOutlines outlines) {
        this.outlines = outlines;
    }

    @Override
    public Integer call() throws IOException {
        return run(file, source, System.out, System.err);
    }

    int run(Path from, String named, PrintStream out, PrintStream err) throws IOException {
        try {
            String kept = named.isBlank() ? from.getFileName().toString() : named.strip();
            int taken = outlines.keep(OutlineFile.read(from), kept.substring(0, Math.min(MOST_OF_A_SOURCE, kept.length())));
            out.println("%,d outlines taken in.".formatted(taken));
            return 0;
        } catch (BadOutlines e) {
            err.println(e.getMessage());
            err.println("Nothing was taken in.");
            return 1;
        }
    }
}
