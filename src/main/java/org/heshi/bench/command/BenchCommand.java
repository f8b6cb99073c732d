package org.heshi.bench.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heshi.kernel.Bench;
import org.heshi.kernel.CliCommand;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./heshi bench NAME}: measures and prints a table; {@code --out} keeps it as JSON. */
@Component
@Command(name = "bench", description = "Measure the program. Use bench/run, which prepares data for it; without a name: list what can be measured.")
class BenchCommand implements CliCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "What to measure.")
    String name = "";

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Options of the measurement.")
    Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the figures as JSON.")
    Path out;

    @Spec
    CommandSpec spec;

    private final ObjectProvider<Bench> benches;

    BenchCommand(ObjectProvider<Bench> benches) {
        this.benches = benches;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter console = spec.commandLine().getOut();
        if (name.isEmpty()) {
            benches.orderedStream().forEach(b -> console.printf("%-12s %s%n", b.name(), b.measures()));
            console.flush();
            return 0;
        }
        Bench bench = benches.stream().filter(b -> b.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is measured under the name " + name + "; ./heshi bench lists the names"));
        List<Bench.Figure> figures = bench.run(options);
        for (Bench.Figure f : figures) {
            console.println(String.format(Locale.ROOT, "%-44s %14.3f %-10s %s", f.name(), f.value(), f.unit(), f.note()));
        }
        console.flush();
        if (out != null) {
            Files.writeString(out, JsonMapper.builder().build().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("bench", name, "options", told(), "figures", figures)) + "\n");
        }
        return 0;
    }

    /** The options as the result keeps them: a file by its name only, for where it lay is one machine's business. */
    private Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>(options);
        told.computeIfPresent("file", (_, file) -> java.nio.file.Path.of(file).getFileName().toString());
        return told;
    }
}
