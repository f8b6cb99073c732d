package org.heshi.exchange.nodes;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.heshi.matters.TreeProof;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./heshi verify [--number N] [--heads FILE]... [--key KEY]...}. */
@Lazy
@Component
@Command(name = "verify", description = {"Proves the log: every digest, every link to the entry before, no hole, columns and words as the entries say.",
        "Then the tree over the whole log, every signed head of it, and the heads and receipts in the files that others kept.",
        "Names each thing that is wrong as: number, entry, what, detail. Exit code 1 when anything is."})
class VerifyCommand implements CliCommand {

    @Option(names = "--number", paramLabel = "N", description = "only the matter of this number")
    private @Nullable String number;

    @Option(names = "--heads", paramLabel = "FILE", description = "a file with heads or receipts that a witness or a resident kept, mails too; any number of times")
    private List<Path> kept = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "the key, name+id+key, that signed them, as the witness knows it; else the keys of this log are taken")
    private List<String> keys = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    private final Chains chains;

    private final TreeProof tree;

    VerifyCommand(Chains chains, TreeProof tree) {
        this.chains = chains;
        this.tree = tree;
    }

    @Override
    public Integer call() throws IOException {
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
        if (only.isEmpty()) {
            List<String> texts = new ArrayList<>();
            for (Path file : kept) {
                texts.add(Files.readString(file));
            }
            try (Progress progress = new Progress("entries of the tree", tree.count())) {
                TreeProof.Looked looked = Acting.as(machine, () -> tree.verify(texts, keys, found -> {
                    wrong.incrementAndGet();
                    out.println(said(found));
                }, progress::add));
                out.printf("%,d entries in the tree, %,d heads, %,d heads and %,d receipts that others kept%n", looked.entries(), looked.heads(), looked.keptHeads(),
                        looked.keptReceipts());
            }
        }
        out.printf("%,d matters checked, %,d things wrong%n", checked, wrong.get());
        return wrong.get() == 0 ? 0 : 1;
    }

    private static String said(Chains.Wrong found) {
        return "%s entry %s: %s%s".formatted(found.number().map(MatterNumber::shown).orElse("log"), found.seq() == 0 ? "-" : found.seq(), found.what(),
                found.detail().isEmpty() ? "" : " (" + found.detail() + ")");
    }
}
