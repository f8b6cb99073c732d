package org.heshi.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A secret of 32 random bytes in a file of its own, outside the database. Made when there is none and nothing was kept under it yet; otherwise a
 * file that is missing, damaged or open to other users stops the start with a sentence, because going on would lose or give away what it keeps.
 */
public final class KeyFile {

    private static final int LENGTH = 32;
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);

    private KeyFile() {
    }

    /**
     * @param what  what the key is for, as it stands in a sentence: {@code the residents' codes}
     * @param inUse whether something is kept under it already; asked only when there is no file
     * @throws CannotStart when the file is lost, damaged, unreadable or open to others
     */
    public static byte[] open(Path file, String what, BooleanSupplier inUse) {
        Path path = file.toAbsolutePath().normalize();
        try {
            if (!Files.exists(path)) {
                if (inUse.getAsBoolean()) {
                    throw CannotStart.because("The key of " + what + " is lost: there is no " + path + ", but the database holds what was kept under it. "
                            + "Put the file back from the backup; what to do without one stands in docs/operations.md.");
                }
                make(path);
            }
            refuseOpen(path, what);
            byte[] key = Files.readAllBytes(path);
            if (key.length != LENGTH) {
                throw CannotStart.because("The key of " + what + " is damaged: " + path + " must hold " + LENGTH + " bytes and holds " + key.length
                        + ". Put it back from the backup.");
            }
            return key;
        } catch (IOException e) {
            throw CannotStart.because("The key of " + what + " cannot be read: " + path + " (" + e.getMessage() + ").", e);
        }
    }

    private static void make(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        Set<StandardOpenOption> anew = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = posix(path.getParent())
                ? Files.newByteChannel(path, anew, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.newByteChannel(path, anew)) {
            channel.write(ByteBuffer.wrap(fresh));
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
            // what is sealed under it is on the disk soon: so must it be
            try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (FileAlreadyExistsException _) {
            // another process of the same program made it in this moment: its key is the one
        }
    }

    private static void refuseOpen(Path path, String what) throws IOException {
        if (posix(path)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (!OWNERS.containsAll(permissions)) {
                throw CannotStart.because("The key of " + what + " is open to other users: " + path + " is " + PosixFilePermissions.toString(permissions)
                        + ". If nobody else can have read it, close it: chmod 600 " + path);
            }
        }
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
