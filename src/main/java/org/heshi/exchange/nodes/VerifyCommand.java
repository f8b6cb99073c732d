package org.heshi.exchange.nodes;

import java.io.PrintWriter;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Progress;
import org.heshi.matters.Chains;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./heshi verify [--number N]}. */
@Lazy
@Component
@Command(name = "verify", description = {"Proves the log: every digest, every link to the entry before, no hole, columns and words as the entries say.",
        "Names each thing that is wrong as: number, entry, what, detail. Exit code 1 when anything is."})
class VerifyCommand implements CliCommand {

    @Option(names = "--number", paramLabel = "N", description = "only the matter of this number")
    private @Nullable String number;

    @Spec
    private @Nullable CommandSpec spec;

    private final Chains chains;

    VerifyCommand(Chains chains) {
        this.chains = chains;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Optional<MatterNumber> only = Optional.ofNullable(number).map(typed -> MatterNumber.parse(typed)
                .orElseThrow(() -> new IllegalArgumentException(typed + " is no matter number: 13 digits, the last one a check digit")));
        Actor.Machine machine = new Actor.Machine("verify");
        AtomicLong wrong = new AtomicLong();
        long checked;
        try (Progress progress = new Progress("matters", only.isPresent() ? 1 : Acting.as(machine,
                () -> chains.count(new Chains.Selection("", Optional.empty()))))) {
            checked = Acting.as(machine, () -> chains.verify(only, found -> {
                wrong.incrementAndGet();
                out.println(said(found));
            }, progress::add));
        }
        if (only.isPresent() && checked == 0) {
            throw new NoSuchElementException("there is no matter " + only.get());
        }
        out.printf("%,d matters checked, %,d things wrong%n", checked, wrong.get());
        return wrong.get() == 0 ? 0 : 1;
    }

    private static String said(Chains.Wrong found) {
        return "%s entry %s: %s%s".formatted(found.number().map(MatterNumber::shown).orElse("log"), found.seq() == 0 ? "-" : found.seq(), found.what(),
                found.detail().isEmpty() ? "" : " (" + found.detail() + ")");
    }
}
