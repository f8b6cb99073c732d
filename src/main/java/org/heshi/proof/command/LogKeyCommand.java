package org.heshi.proof.command;

import java.io.PrintWriter;
import java.util.Objects;
import org.heshi.kernel.CliCommand;
import org.heshi.proof.head.LogKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./heshi log-key [--renew | --lost]}. */
@Lazy
@Component
@Command(name = "log-key", description = {"Shows the keys that sign the log, the newest last: to be posted in the hall and given to witnesses.",
        "With --renew takes a new one into use, stated under the signature of the old one; the program may run meanwhile."})
class LogKeyCommand implements CliCommand {

    @Option(names = "--renew", description = "take a new key into use")
    private boolean renew;

    @Option(names = "--lost", description = "take a new key into use although the old one is lost; everybody sees that the old one did not state it")
    private boolean lost;

    @Spec
    private @Nullable CommandSpec spec;

    private final LogKeys keys;

    LogKeyCommand(LogKeys keys) {
        this.keys = keys;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (renew && lost) {
            throw new IllegalArgumentException("--renew or --lost, not both");
        }
        if (renew || lost) {
            keys.renew(lost);
        }
        keys.known().forEach(known -> out.println(known.key() + "  since " + known.since()));
        return 0;
    }
}
