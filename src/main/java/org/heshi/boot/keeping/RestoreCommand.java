package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.settings.Settings;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./heshi restore}: the way back into an empty data folder. */
@Component
@CliCommand.WithoutRooms
@Command(name = "restore", description = "Put a backup into an empty data folder, as it was at its end, at the end of the kept log, or at a moment.")
class RestoreCommand implements CliCommand {

    private final Settings settings;
    private final Keys keys;
    private final String copy;
    private final InstantSource clock;

    @Option(names = "--from", paramLabel = "FOLDER", required = true, description = "The folder of backups.")
    Path from = Path.of(".");

    @Option(names = "--at", paramLabel = "TIME", description = "A moment of civil time (Asia/Shanghai), as in \"2026-11-22 09:30\" or \"2026-11-22 09:30:15\":"
            + " what was done after it is left out. Left away: everything that the log holds.")
    @Nullable String at;

    @Option(names = "--into", paramLabel = "DATA", description = "The new data folder, empty; HESHI_DATA when it is left away.")
    @Nullable Path into;

    @Option(names = "--log-of", paramLabel = "DATA", description = "The old data folder, if it can still be read: the newest minute of the log and the newest photos are"
            + " taken from there.")
    @Nullable Path logOf;

    @Option(names = "--check", description = "Read and compare everything, restore nothing.")
    boolean check;

    RestoreCommand(Settings settings, Environment environment, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
        this.keys = Keys.of(environment);
        this.copy = environment.getProperty("heshi.keys-copy", "");
    }

    @Override
    public Integer call() throws IOException {
        if (!settings.embedded()) {
            System.err.println(ExternalAdvice.restore(settings.data()));
            return 1;
        }
        Instant moment = null;
        if (at != null) {
            try {
                moment = LocalDateTime.parse(at.strip().replace(' ', 'T')).atZone(CivilTime.ZONE).toInstant();
            } catch (DateTimeParseException _) {
                System.err.println("--at must be a time such as \"2026-11-22 09:30\" or \"2026-11-22 09:30:15\"; it is \"" + at + "\".");
                return 2;
            }
        }
        Vault vault = Vault.find(from.toAbsolutePath().normalize());
        Restoration restoration = new Restoration(vault, settings.binaries(), keysCopy(vault), System.err::println);
        if (check) {
            List<String> wrong = restoration.check();
            wrong.forEach(System.out::println);
            System.out.println(wrong.isEmpty() ? "everything is as it was written" : wrong.size() + " things are wrong");
            return wrong.isEmpty() ? 0 : 1;
        }
        Path target = into != null ? into.toAbsolutePath().normalize() : settings.data();
        Path old = logOf == null ? null : logOf.toAbsolutePath().normalize();
        if (old != null && vault.bases().whole().stream().noneMatch(base -> identity(old).equals(base.manifest().cluster()))) {
            System.err.println("The data in " + old + " is of another database than the backups in " + vault.folder() + ".");
            return 1;
        }
        Restoration.Restored done = restoration.restore(moment, target, old, clock.instant());
        System.out.println("restored into " + target + " from the backup " + done.from().name());
        System.out.println(done.last().map(last -> "the last thing that it holds was done at " + Restoration.civil(last))
                .orElse("nothing was done after the backup, " + Restoration.civil(done.from().manifest().ended())));
        System.out.printf("%,d photos and small copies%n", done.photos());
        keys.files().forEach((name, file) -> {
            if (!file.startsWith(settings.data()) && Files.exists(target.resolve(name))) {
                System.out.println("the settings name " + file + ": compare, and move " + target.resolve(name) + " there when it is missing or another one");
            }
        });
        System.out.println("now: start the program, run ./heshi verify, run ./heshi backup");
        return 0;
    }

    private Optional<Path> keysCopy(Vault vault) {
        Path beside = Path.of("key-store-" + settings.node(), "heshi-keys.db");
        return copy.isBlank() ? Stream.of(vault.folder(), vault.folder().resolveSibling("")).map(folder -> folder.resolve(beside)).filter(Files::exists).findFirst()
                : Optional.of(Path.of(copy.strip()).toAbsolutePath().normalize().resolve("heshi-keys.db"));
    }

    private static String identity(Path data) {
        try {
            return Cluster.identity(data);
        } catch (IOException e) {
            throw Disk.because("--log-of must name an old data folder", data, e);
        }
    }
}
