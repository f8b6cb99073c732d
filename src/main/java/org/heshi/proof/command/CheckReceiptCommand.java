package org.heshi.proof.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.heshi.kernel.CliCommand;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.InclusionProof;
import org.heshi.proof.note.Receipt;
import org.heshi.proof.note.VerifyingKey;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi check-receipt FILE [--key KEY]...}. */
@Lazy
@Component
@Command(name = "check-receipt", description = {"Checks a receipt and the proof in the same file, as residents download them.",
        "Exit code 1 when anything in it is not true. Whether a receipt that has no proof yet is in the log, ./heshi verify --heads FILE says."})
class CheckReceiptCommand implements CliCommand {

    @Parameters(paramLabel = "FILE", description = "the receipt, with its proof if there is one")
    private @Nullable Path file;

    @Option(names = "--key", paramLabel = "KEY", description = "the key, name+id+key, as it was posted or kept elsewhere; else the keys of this log are taken")
    private List<String> trusted = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    private final LogKeys keys;

    CheckReceiptCommand(LogKeys keys) {
        this.keys = keys;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String text = Files.readString(Objects.requireNonNull(file));
        List<VerifyingKey> known = trusted.isEmpty() ? keys.known().stream().map(LogKeys.Known::key).toList() : trusted.stream()
                .map(key -> VerifyingKey.parse(key).orElseThrow(() -> new IllegalArgumentException(key + " is no key of a log: name+id+key"))).toList();
        Receipt.Signed receipt = Receipt.all(text).stream().findFirst().orElseThrow(() -> new IllegalArgumentException("there is no receipt in " + file));
        Optional<InclusionProof> proof = InclusionProof.find(text);
        boolean good = said(out, receipt.note().signer(known).isPresent(), "the receipt for matter " + receipt.receipt().number() + ", entry "
                + receipt.receipt().seq() + ", is signed by a known key");
        if (proof.isPresent()) {
            good &= said(out, proof.get().head().note().signer(known).isPresent(), "the head of " + proof.get().head().head().at() + " is signed by a known key");
            good &= said(out, proof.get().holds(receipt.receipt().leaf()), "the entry stands under that head, unchanged");
        } else {
            out.println("open   the file holds no proof yet");
        }
        return good ? 0 : 1;
    }

    private static boolean said(PrintWriter out, boolean is, String what) {
        out.println((is ? "true   " : "FALSE  ") + what);
        return is;
    }
}
