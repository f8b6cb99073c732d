package org.heshi.matters.procedure;

import java.nio.file.Path;
import org.heshi.kernel.CliCommand;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a folder of procedure files as the program would at its start, and publishes nothing. */
@Component
@Command(name = "check", description = "Check a folder of procedure files together with the shipped ones; publishes nothing.",
        mixinStandardHelpOptions = true)
@CliCommand.Under("procedures")
class CheckProceduresCommand implements CliCommand {

    @Parameters(paramLabel = "FOLDER", description = "folder that HESHI_PROCEDURES would name: KIND.yaml files and common/*.yaml")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        try {
            ProcedureSet set = ProcedureSet.of(ProcedureFolder.files(folder.toString()));
            set.procedures().forEach(procedure -> System.out.printf("%s: right, %d states, %d actions%n", procedure.kind(),
                    procedure.states().size(), procedure.actions().size()));
            return 0;
        } catch (RefusedProcedures refused) {
            System.err.println(refused.violations().render());
            return 1;
        }
    }
}
