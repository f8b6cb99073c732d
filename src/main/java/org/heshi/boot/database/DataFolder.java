package org.heshi.boot.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.heshi.kernel.CannotStart;
import org.jspecify.annotations.Nullable;

/**
 * The folder of everything that is kept. One process at a time holds it and runs its database; commands of {@code ./heshi} may join. The
 * operating system lets go when a process dies, however it does.
 */
public final class DataFolder implements AutoCloseable {

    private static final String COMMAND = ", a command of ./heshi";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path path;
    private final FileChannel lock;
    /** Shared by those who joined; taken alone by the holder before it stops the database. Its own file: closing any stream of a file lets go of its locks. */
    private final FileChannel guests;
    private final boolean command;
    private boolean held;
    private boolean alone;

    private DataFolder(Path path, FileChannel lock, FileChannel guests, boolean command) {
        this.path = path;
        this.lock = lock;
        this.guests = guests;
        this.command = command;
    }

    /**
     * Makes the folder when it is missing (for its owner only) and takes it; {@link #held()} says whether that went. When it did not, a command
     * has joined whoever holds it, and the program has waited in vain for a command to end.
     */
    public static DataFolder open(Path path, boolean command) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                ownerOnly(path, "rwx------");
            }
            DataFolder folder = new DataFolder(path, channel(path.resolve("lock")), channel(path.resolve("guests")), command);
            if (!folder.take()) {
                if (command) {
                    folder.join();
                } else {
                    folder.awaitCommand();
                }
            }
            return folder;
        } catch (AccessDeniedException e) {
            throw CannotStart.because("The data folder " + path + " cannot be used: this user may not write " + e.getFile() + ".", e);
        } catch (IOException e) {
            throw CannotStart.because("The data folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private boolean take() throws IOException {
        held = tried(lock, false) != null;
        if (held) {
            lock.truncate(0);
            lock.write(ByteBuffer.wrap((ProcessHandle.current().pid() + (command ? " command" : "")).getBytes(StandardCharsets.US_ASCII)));
        }
        return held;
    }

    /** A holder that is about to stop the database lets nobody in; when it has gone, the folder is ours or the next holder's, whom we join. */
    private void join() throws IOException {
        FileLock guest = tried(guests, true);
        while (guest == null) {
            pause();
            guest = tried(guests, true);
        }
        if (take()) {
            guest.release();
        }
    }

    private void awaitCommand() throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!held && holder().endsWith(COMMAND) && System.nanoTime() < until) {
            pause();
            take();
        }
    }

    /** Returns when nobody who joined is left, and lets nobody in from then on. Only for the holder. */
    void awaitGuests(Runnable firstWait) {
        try {
            boolean said = false;
            while (!alone && guests.isOpen() && tried(guests, false) == null) {
                if (!said) {
                    firstWait.run();
                    said = true;
                }
                pause();
            }
            alone = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tried(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CannotStart.because("Waiting for the data folder was interrupted.", e);
        }
    }

    public boolean held() {
        return held;
    }

    /** The process that holds the folder, for a sentence to a person. */
    public String holder() {
        try {
            String[] kept = Files.readString(path.resolve("lock")).strip().split(" ");
            return kept[0].isEmpty() ? "another process" : "process " + kept[0] + (kept.length > 1 ? COMMAND : "");
        } catch (IOException _) {
            return "another process";
        }
    }

    public static void ownerOnly(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
            guests.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
