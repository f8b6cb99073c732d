package org.heshi.secrets.store;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param store file of the key store
 * @param key    file of the key that encrypts its keys
 * @param copy   folder, best on another disk, where the program keeps a copy of the store that follows every erasure; empty: see backup
 * @param node   number of this program among those that may share a folder of backups
 * @param backup folder of backups, in which the copy lies when no other folder is set; empty: none
 */
@ConfigurationProperties("heshi.secrets")
public record SecretsSettings(Path store, Path key, String copy, String backup, int node) {

    public Optional<Path> copyFolder() {
        if (copy.isBlank()) {
            return backup.isBlank() ? Optional.empty() : Optional.of(Path.of(backup.strip()).toAbsolutePath().normalize().resolve("key-store-" + node));
        }
        return Optional.of(Path.of(copy.strip()).toAbsolutePath().normalize());
    }
}
