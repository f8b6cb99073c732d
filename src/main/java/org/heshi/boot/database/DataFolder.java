package org.heshi.boot.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.heshi.kernel.CannotStart;

/** The folder of everything that is kept. One process at a time holds it; the operating system lets go when that process dies, however it does. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;
    private final boolean held;

    private DataFolder(Path path, FileChannel lock, boolean held) {
        this.path = path;
        this.lock = lock;
        this.held = held;
    }

    /** Makes the folder when it is missing (for its owner only) and tries to take it; {@link #held()} says whether that went. */
    static DataFolder open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                ownerOnly(path, "rwx------");
            }
            FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean held;
            try {
                held = channel.tryLock() != null;
            } catch (OverlappingFileLockException _) {
                held = false;
            }
            if (held) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            }
            return new DataFolder(path, channel, held);
        } catch (IOException e) {
            throw CannotStart.because("The data folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    boolean held() {
        return held;
    }

    /** The process that holds the folder, for a sentence to a person. */
    String holder() {
        try {
            String pid = Files.readString(path.resolve("lock")).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException _) {
            return "another process";
        }
    }

    static void ownerOnly(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
