package org.heshi.proof.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 of the tree. Leaves and nodes are hashed apart, so that none can be taken for the other (RFC 6962, section 2.1). */
public record Hash(byte[] bytes) {

    public static final int LENGTH = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    public Hash {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes");
        }
    }

    /** The root of the tree that holds nothing. */
    public static Hash empty() {
        return new Hash(sha256().digest());
    }

    public static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(entry));
    }

    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** @throws IllegalArgumentException when it is no base64 of 32 bytes */
    public static Hash parse(String base64) {
        return new Hash(Base64.getDecoder().decode(base64));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash(byte[] its) && Arrays.equals(bytes, its);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In base64, as the texts of the log have it. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
