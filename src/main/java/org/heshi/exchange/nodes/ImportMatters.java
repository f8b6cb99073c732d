package org.heshi.exchange.nodes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.heshi.exchange.csv.Encoding;
import org.heshi.exchange.csv.Lines;
import org.heshi.exchange.csv.RejectedRows;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Chains;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Takes in what another node exported, matter by matter: what does not verify stays out and harms no other. Who acts must be a machine. */
@Lazy
@Component
class ImportMatters {

    /** A matter of more bytes than this is none of ours. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private final Chains chains;
    private final EvidenceStore evidence;
    private final MessageSource words;

    ImportMatters(Chains chains, EvidenceStore evidence, MessageSource words) {
        this.chains = chains;
        this.evidence = evidence;
        this.words = words;
    }

    /** @param missing files that the added matters name and whose bytes did not come, or not those bytes */
    record Came(long added, long known, long rejected, Optional<Path> rejectedIn, long files, long missing) {
    }

    private boolean receive(Path folder, Evidence named) throws IOException {
        Path bytes = folder.resolve(named.id().toString());
        return Files.isRegularFile(bytes) && Files.size(bytes) == named.size() && evidence.receive(named, Files.readAllBytes(bytes));
    }

    Came from(Path file, LongConsumer done) throws IOException {
        long line = 0;
        long added = 0;
        long known = 0;
        long files = 0;
        long missing = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file)); RejectedRows rejected = new RejectedRows(file, words)) {
            Lines lines = new Lines(in, LONGEST);
            for (Optional<byte[]> bytes = lines.next(); bytes.isPresent(); bytes = lines.next()) {
                line++;
                Optional<String> text = Encoding.decode(bytes.get(), StandardCharsets.UTF_8);
                if (text.isEmpty()) {
                    rejected.add(line, List.of(Refusal.of("encoding")), "");
                } else if (!text.get().isBlank()) {
                    // the bytes first: whoever reads the log for names of files finds them already
                    int received = 0;
                    List<Evidence> named = chains.files(text.get());
                    for (Evidence one : named) {
                        received += receive(Exports.filesOf(file), one) ? 1 : 0;
                    }
                    switch (chains.admit(text.get())) {
                        case Chains.Admission.Done _ -> {
                            added++;
                            files += received;
                            missing += named.size() - received;
                        }
                        case Chains.Admission.Known _ -> known++;
                        case Chains.Admission.Refused(Optional<String> number, List<Refusal> refusals) ->
                            rejected.add(line, refusals, number.orElse(""));
                    }
                }
                done.accept(1);
            }
            return new Came(added, known, rejected.rows(), rejected.file(), files, missing);
        }
    }
}
