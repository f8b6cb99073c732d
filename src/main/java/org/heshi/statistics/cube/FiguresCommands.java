package org.heshi.statistics.cube;

import java.io.PrintWriter;
import java.util.Objects;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.heshi.statistics.Recount;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./heshi figures rebuild} and {@code ./heshi figures verify}. */
final class FiguresCommands {

    private FiguresCommands() {
    }

    private static void tell(PrintWriter out, Recount.Outcome outcome, double seconds) {
        out.println("%,d matters with %,d entries in %.1f s. ".formatted(outcome.matters(), outcome.entries(), seconds) + (outcome.same() ? "All figures were right."
                : "%,d matters counted as something else than their log says, %,d rows of cells were not their sum.".formatted(outcome.lives(), outcome.cells())));
    }

    private static Recount.Outcome run(Recount rebuild, boolean mend, PrintWriter out) {
        long start = System.nanoTime();
        Recount.Outcome outcome;
        try (Progress progress = new Progress("matters", rebuild.about())) {
            outcome = rebuild.run(mend, progress::add);
        }
        tell(out, outcome, (System.nanoTime() - start) / 1e9);
        return outcome;
    }

    @Lazy
    @Component
    @CliCommand.Under("figures")
    @Command(name = "rebuild", description = {"Counts all figures anew from the log.",
            "The program may run meanwhile and people may act; at the end figures stand still for some seconds."})
    static class RebuildFigures implements CliCommand {

        @Spec
        private @Nullable CommandSpec spec;
        private final Recount rebuild;

        RebuildFigures(Recount rebuild) {
            this.rebuild = rebuild;
        }

        @Override
        public Integer call() {
            run(rebuild, true, Objects.requireNonNull(spec).commandLine().getOut());
            return 0;
        }
    }

    @Lazy
    @Component
    @CliCommand.Under("figures")
    @Command(name = "verify", description = {"Counts all figures anew from the log and compares them with those that are kept. Changes nothing.",
            "Answers 1 when something differs."})
    static class VerifyFigures implements CliCommand {

        @Spec
        private @Nullable CommandSpec spec;
        private final Recount rebuild;

        VerifyFigures(Recount rebuild) {
            this.rebuild = rebuild;
        }

        @Override
        public Integer call() {
            return run(rebuild, false, Objects.requireNonNull(spec).commandLine().getOut()).same() ? 0 : 1;
        }
    }
}
