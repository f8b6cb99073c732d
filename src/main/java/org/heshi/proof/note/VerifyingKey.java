package org.heshi.proof.note;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public half of a key (Ed25519, RFC 8032) with the name in which it signs.
 *
 * @param bytes the 32 bytes of RFC 8032
 */
public record VerifyingKey(String name, byte[] bytes) {

    private static final byte ED25519 = 1;
    private static final int LENGTH = 32;
    /** What stands before the 32 bytes in X.509 (RFC 8410, section 4). */
    static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final Pattern NAME = Pattern.compile("[!-*,-~]{1,80}");

    public VerifyingKey {
        if (!NAME.matcher(name).matches() || bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has a name without spaces and plus signs, and 32 bytes");
        }
    }

    /** Reads what {@link #toString()} writes: name+id+key. */
    public static Optional<VerifyingKey> parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        try {
            byte[] key = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
            if (key.length != LENGTH + 1 || key[0] != ED25519) {
                return Optional.empty();
            }
            VerifyingKey read = new VerifyingKey(parts[0], Arrays.copyOfRange(key, 1, key.length));
            return read.shownId().equals(parts[1]) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Four bytes by which a signature names it. */
    public byte[] id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(ED25519);
            return Arrays.copyOf(digest.digest(bytes), 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    public String shownId() {
        return HexFormat.of().formatHex(id());
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            byte[] encoded = Arrays.copyOf(X509, X509.length + LENGTH);
            System.arraycopy(bytes, 0, encoded, X509.length, LENGTH);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            java.security.Signature check = java.security.Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is part of every Java since 15", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey(String its, byte[] key) && name.equals(its) && Arrays.equals(bytes, key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        byte[] typed = new byte[LENGTH + 1];
        typed[0] = ED25519;
        System.arraycopy(bytes, 0, typed, 1, LENGTH);
        return name + "+" + shownId() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
