package org.heshi.documents.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.documents.UnitSeals.UnitSeal;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi seal UNIT [--make | --import FILE --password-file FILE] [--lost]}. */
@Lazy
@Component
@Command(name = "seal", description = {"Shows the certificate by which a unit seals its papers, makes one or takes one over; the one before ends.",
        "Papers that were sealed by an old one stay genuine; with --lost only those that the register knows."})
class SealCommand implements CliCommand {

    @Parameters(paramLabel = "UNIT", description = "the unit's whole name, or its id")
    private String unit = "";

    @Option(names = "--make", description = "make a key and a certificate that nobody else vouches for")
    private boolean make;

    @Option(names = "--import", paramLabel = "FILE", description = "take over key and certificates from a PKCS#12 file that a certification authority gave")
    private @Nullable Path brought;

    @Option(names = "--password-file", paramLabel = "FILE", description = "file whose first line is the password of the PKCS#12 file")
    private @Nullable Path password;

    @Option(names = "--lost", description = "somebody else may have the old key")
    private boolean lost;

    @Spec
    private @Nullable CommandSpec spec;

    private final KeptSeals seals;
    private final Directory directory;

    SealCommand(KeptSeals seals, Directory directory) {
        this.seals = seals;
        this.directory = directory;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (make && brought != null) {
            throw new IllegalArgumentException("--make or --import, not both");
        }
        if (lost && !make && brought == null) {
            throw new IllegalArgumentException("--lost needs a new key: --make or --import");
        }
        return Acting.as(new Actor.Machine("seals"), () -> {
            Unit of = NamedUnit.of(directory, unit);
            if (make) {
                seals.make(of.id(), lost);
            } else if (brought != null) {
                seals.bring(of.id(), read(brought), password(), lost);
            }
            Optional<UnitSeal> seal = seals.find(of.id());
            if (seal.isEmpty()) {
                out.println(of.name() + " has no certificate: papers that bear a seal are refused. Make one with --make or take one over with --import");
                return 1;
            }
            out.printf("%-12s %s%n", "unit", of.name());
            out.printf("%-12s %s%n", "subject", seal.get().subject());
            out.printf("%-12s %s%n", "fingerprint", seal.get().fingerprint());
            out.printf("%-12s %s%n", "in use since", seal.get().begun());
            out.printf("%-12s %s%n", "valid until", seal.get().validUntil());
            out.printf("%-12s %s%n", "vouched by", seal.get().selfMade() ? "itself" : "a certification authority");
            return 0;
        });
    }

    private char[] password() {
        if (password == null) {
            throw new IllegalArgumentException("--import needs --password-file");
        }
        return new String(read(password), StandardCharsets.UTF_8).lines().findFirst().orElse("").toCharArray();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + " (" + e.getMessage() + ")", e);
        }
    }
}
