package org.heshi.secrets.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.heshi.kernel.KeyFile;

/** The key of keys in a file of 32 bytes that only the program's own user may read. */
public final class FileKeyEncryption implements KeyEncryption {

    private final String id;
    private final GcmKey key;

    private FileKeyEncryption(byte[] bytes) {
        this.key = new GcmKey(bytes);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("heshi key of keys\n".getBytes(StandardCharsets.US_ASCII));
            this.id = "file:" + HexFormat.of().formatHex(ByteBuffer.allocate(8).put(digest.digest(bytes), 0, 8).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param inUse whether keys were wrapped under it already; then it is not made anew
     * @throws org.heshi.kernel.CannotStart when the file is lost, damaged or open to others
     */
    public static FileKeyEncryption open(Path file, BooleanSupplier inUse) {
        return new FileKeyEncryption(KeyFile.open(file, "the residents' words", inUse));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public byte[] wrap(byte[] other, byte[] bound) {
        return key.seal(other, bound);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] bound) {
        return key.open(wrapped, bound);
    }
}
