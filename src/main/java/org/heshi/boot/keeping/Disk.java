package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.heshi.boot.database.DataFolder;
import org.heshi.kernel.CannotStart;

/** Files that outlive a power cut: to the disk first, then the right name, then the folder to the disk. For their owner only. */
final class Disk {

    private Disk() {
    }

    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            DataFolder.ownerOnly(folder, "rwx------");
        }
    }

    /** A new empty file that only its owner may read. */
    static Path file(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file);
        DataFolder.ownerOnly(file, "rw-------");
        return file;
    }

    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives a file or folder that is on the disk its right name. */
    static void name(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.getParent());
    }

    /** All in the folder; none when the folder is not there. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    /** What it means for a person when a write failed. */
    static CannotStart because(String what, Path where, IOException failure) {
        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof Damaged) {
            return CannotStart.because(what + ": " + said + ".", failure);
        }
        if (said.contains("No space left") || said.contains("Disk quota exceeded")) {
            return CannotStart.because(what + ": the disk of " + where + " is full" + free(where) + ". Nothing half was left; make room and do it again.", failure);
        }
        return CannotStart.because(what + ": " + switch (failure) {
            case NoSuchFileException gone -> "there is no " + gone.getFile();
            case java.nio.file.AccessDeniedException denied -> "this user may not use " + denied.getFile();
            case IOException other -> said;
        } + ".", failure);
    }

    private static String free(Path where) {
        try {
            Path there = where.toAbsolutePath();
            while (!Files.exists(there)) {
                there = there.getParent();
            }
            FileStore store = Files.getFileStore(there);
            return ", %,d of %,d MB are free".formatted(store.getUsableSpace() >> 20, store.getTotalSpace() >> 20);
        } catch (IOException _) {
            return "";
        }
    }
}
