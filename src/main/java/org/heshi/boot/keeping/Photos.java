package org.heshi.boot.keeping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The photos of a data folder, copied once for all backups. Their bytes never change under one name (a name is a random id), so what has a copy needs
 * no other; branches of the folder in which nothing was added or deleted are not read again.
 */
final class Photos {

    private static final byte[] MARK = {'H', 'S', 'F', 1};

    private final Path from;
    private final Vault vault;
    private final Map<Path, FileTime> seen = new HashMap<>();

    Photos(Path data, Vault vault) {
        this.from = data.resolve("files");
        this.vault = vault;
    }

    /** Copies what has no copy. @param before now @return how many were copied */
    int copyNew(Instant before) throws IOException {
        int copied = 0;
        for (Path branch : Disk.list(from)) {
            // looked at before the list: what is added after the look changes it again
            FileTime changed = Files.getLastModifiedTime(branch);
            if (changed.equals(seen.get(branch))) {
                continue;
            }
            for (Path photo : photos(branch)) {
                if (copy(photo)) {
                    copied++;
                }
            }
            // a file that came in the same tick of the disk's clock would not be seen by its change
            if (changed.toInstant().isBefore(before.minusSeconds(1))) {
                seen.put(branch, changed);
            }
        }
        return copied;
    }

    /** All that are there now, each with its copy made. */
    List<Vault.FileLine> all(Progress progress) throws IOException {
        List<Vault.FileLine> lines = new ArrayList<>();
        for (Path branch : Disk.list(from)) {
            for (Path photo : photos(branch)) {
                copy(photo);
                String path = path(photo);
                if (Files.exists(vault.file(path))) {
                    lines.add(new Vault.FileLine(path, Sealed.header(vault.file(path))));
                    progress.step(1);
                }
            }
        }
        return lines;
    }

    private boolean copy(Path photo) throws IOException {
        Path to = vault.file(path(photo));
        if (Files.exists(to) && !sealedSince(photo, to)) {
            return false;
        }
        Disk.folder(to.getParent());
        try {
            // pictures are compressed already
            Sealed.write(photo, to, false);
            return true;
        } catch (NoSuchFileException e) {
            if (Files.exists(photo)) {
                throw e;
            }
            // nobody named it, and it was thrown away meanwhile
            return false;
        }
    }

    /** One that lay in clear when it was copied, and came under seal with a later release: what is erased must be so in the copy, too. */
    private static boolean sealedSince(Path photo, Path copy) throws IOException {
        try {
            return Sealed.header(copy).size() != Files.size(photo) && underSeal(photo);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /** Whether a file begins as one under seal does. */
    static boolean underSeal(Path photo) throws IOException {
        try (InputStream in = Files.newInputStream(photo)) {
            return Arrays.equals(MARK, in.readNBytes(MARK.length));
        }
    }

    private String path(Path photo) {
        return from.relativize(photo).toString();
    }

    /** What begins with a dot is being written. */
    private static List<Path> photos(Path branch) throws IOException {
        return Files.isDirectory(branch) ? Disk.list(branch).stream()
                .filter(file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")).toList() : List.of();
    }
}
