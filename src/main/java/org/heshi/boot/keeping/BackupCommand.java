package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.database.Server;
import org.heshi.boot.settings.Settings;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./heshi backup}: a copy of everything that must be kept, while people work. */
@Component
@CliCommand.WithoutRooms
@Command(name = "backup", description = "Copy the database, the keys and the photos while people work; delete backups that are too old.")
class BackupCommand implements CliCommand {

    private final Settings settings;
    private final ObjectProvider<Server> server;
    private final InstantSource clock;
    private final Keys keys;

    @Option(names = "--to", paramLabel = "FOLDER", description = "Where to; HESHI_BACKUP when it is left away. Another folder than that holds no later log.")
    @Nullable Path to;

    BackupCommand(Settings settings, ObjectProvider<Server> server, InstantSource clock, Environment environment) {
        this.settings = settings;
        this.server = server;
        this.clock = clock;
        this.keys = Keys.of(environment);
    }

    @Override
    public Integer call() throws IOException, SQLException {
        if (!settings.embedded()) {
            System.err.println(ExternalAdvice.backup(settings.data()));
            return 1;
        }
        Path root = to != null ? to.toAbsolutePath().normalize() : settings.backups();
        if (root == null) {
            System.err.println("Say where to with --to FOLDER, or set HESHI_BACKUP to a folder on another disk.");
            return 2;
        }
        if (root.startsWith(settings.data())) {
            System.err.println("A backup inside the data folder would be lost with it: name a folder on another disk.");
            return 1;
        }
        Server running = server.getObject();
        Vault vault = new Vault(root, Cluster.vault(settings.data()));
        BaseBackup backup = new BaseBackup(running, settings.data(), keys, vault, clock, System.err::println);
        Vault.Base made = backup.make();
        System.out.printf("%s%nwhole since %s, %,d MB and the photos in %s%n", made.folder(), Restoration.civil(made.manifest().ended()),
                made.manifest().items().stream().mapToLong(item -> item.sums().size()).sum() >> 20, vault.files());
        List<String> torn = List.of();
        if (root.equals(settings.backups())) {
            torn = new Archivist(settings.data(), root, keys, clock).takeIn();
        }
        try (FileChannel alone = vault.alone()) {
            vault.prune(settings.backupKeep()).ifPresent(System.out::println);
        }
        vault.bases().damaged().forEach(System.err::println);
        for (String name : backup.unknown()) {
            System.err.println("not in the backup, because this program does not know it: " + settings.data().resolve(name));
        }
        keys.files().forEach((name, file) -> {
            if (!Files.exists(file) && !name.endsWith(".next")) {
                System.err.println("There is no " + name + " at " + file + " yet; it is made when the program first needs it.");
            }
        });
        if (!torn.isEmpty()) {
            System.err.println("The log of another history of this database is in " + vault.wal() + "; " + torn
                    + " cannot be archived. Move " + vault.folder() + " away and run ./heshi backup again.");
            return 1;
        }
        return 0;
    }
}
