package org.heshi.exchange.orders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a folder of mappings as the program would at its start. */
@Component
@Command(name = "check", description = "Check a folder of mappings of orders; changes nothing.", mixinStandardHelpOptions = true)
@CliCommand.Under("orders")
class CheckOrdersCommand implements CliCommand {

    @Parameters(paramLabel = "FOLDER", description = "folder that HESHI_ORDER_MAPPINGS would name: *.yaml files")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        List<String> problems = new ArrayList<>();
        Map<String, Mapping> own = Mappings.own(folder, problems);
        own.values().forEach(mapping -> System.out.printf("%s: right, %d fields, %d values handed back%n", mapping.name(), mapping.fields().size(), mapping.result().size()));
        problems.forEach(System.err::println);
        return problems.isEmpty() ? 0 : 1;
    }
}
