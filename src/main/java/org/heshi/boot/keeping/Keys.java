package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/**
 * Keys that lie in files of their own and without which the database is worth less: of the residents' codes, of second factors, of the log's signature.
 * A key may be renewed between two backups; then a moment needs the one that held at that moment, so each is kept with the time it was written.
 * Keys that must be forgotten are none of these: they have a store of their own.
 *
 * @param files where each lies now, by its name in a data folder
 */
record Keys(Map<String, Path> files) {

    /** Name in a data folder, and the setting that may put it elsewhere. */
    private static final Map<String, String> SETTINGS = Map.of("code.key", "heshi.matters.code-key", "identity.key", "heshi.identity.key", "log.key", "heshi.proof.key",
            "kek.key", "heshi.secrets.key", "kek.key.next", "heshi.secrets.key");
    /** Those of which only the newest is kept and put back: what was wrapped by an older one was forgotten, or is wrapped by this one now. */
    private static final Set<String> NEWEST_ONLY = Set.of("kek.key", "kek.key.next");
    /** While a renewal is under way, or was broken off, both are needed. */
    private static final String NEXT = ".next";

    static Keys of(PropertyResolver settings) {
        Map<String, Path> files = new LinkedHashMap<>();
        SETTINGS.keySet().stream().sorted().forEach(name -> files.put(name,
                Path.of(settings.getRequiredProperty(SETTINGS.get(name)) + (name.endsWith(NEXT) ? NEXT : "")).toAbsolutePath().normalize()));
        return new Keys(files);
    }

    static List<String> names() {
        return SETTINGS.keySet().stream().sorted().toList();
    }

    /** Whether only the newest of that name is of use, at whatever moment. */
    static boolean newestOnly(String name) {
        return NEWEST_ONLY.contains(name);
    }

    static boolean is(String name) {
        return SETTINGS.containsKey(name);
    }

    /** Copies what is not kept yet. */
    void copyNew(Vault vault) throws IOException {
        Disk.folder(vault.keys());
        for (Map.Entry<String, Path> key : files.entrySet()) {
            try {
                if (key.getKey().endsWith(NEXT) && !Files.exists(key.getValue())) {
                    for (Path old : copies(vault, key.getKey())) {
                        Files.delete(old);
                    }
                } else if (Files.exists(key.getValue())) {
                    Path to = vault.keys().resolve(key.getKey() + "." + Files.getLastModifiedTime(key.getValue()).toMillis() + Sealed.ENDING);
                    if (!Files.exists(to)) {
                        Sealed.write(key.getValue(), to, false);
                        if (newestOnly(key.getKey())) {
                            for (Path old : copies(vault, key.getKey())) {
                                if (!old.equals(to)) {
                                    Files.delete(old);
                                }
                            }
                        }
                    }
                }
            } catch (NoSuchFileException e) {
                if (Files.exists(key.getValue())) {
                    throw e;
                }
            }
        }
    }

    /** The copy of a key that was the newest at the moment. */
    static Optional<Path> at(Vault vault, String name, @Nullable Instant moment) throws IOException {
        Optional<Path> newest = Optional.empty();
        Instant written = Instant.MIN;
        for (Path copy : copies(vault, name)) {
            Instant when = written(copy);
            if ((moment == null || !when.isAfter(moment)) && when.isAfter(written)) {
                newest = Optional.of(copy);
                written = when;
            }
        }
        return newest;
    }

    /** Deletes those that no moment after this one needs. @return how many */
    static int prune(Vault vault, Instant oldest) throws IOException {
        int gone = 0;
        for (String name : SETTINGS.keySet()) {
            Optional<Path> needed = at(vault, name, newestOnly(name) ? null : oldest);
            for (Path copy : copies(vault, name)) {
                if (needed.isPresent() && written(copy).isBefore(written(needed.get()))) {
                    Files.delete(copy);
                    gone++;
                }
            }
        }
        return gone;
    }

    static Instant written(Path copy) {
        String name = copy.getFileName().toString();
        String time = name.substring(0, name.length() - Sealed.ENDING.length());
        return Instant.ofEpochMilli(Long.parseLong(time.substring(time.lastIndexOf('.') + 1)));
    }

    private static List<Path> copies(Vault vault, String name) throws IOException {
        return Disk.list(vault.keys()).stream().filter(copy -> copy.getFileName().toString().matches(java.util.regex.Pattern.quote(name) + "\\.\\d{1,18}\\.gz")).toList();
    }
}
