package org.heshi.boot.keeping;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Size and SHA-256 of what was written. */
record Sums(long size, String sha256) {

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Sums of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file); Counting counting = new Counting(OutputStream.nullOutputStream())) {
            in.transferTo(counting);
            return counting.sums();
        }
    }

    /** Passes everything on and adds it up. */
    static final class Counting extends FilterOutputStream {

        private final MessageDigest digest = sha256Digest();
        private long size;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            digest.update((byte) b);
            size++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            digest.update(bytes, from, count);
            size += count;
        }

        /** Ends the sum. */
        Sums sums() {
            return new Sums(size, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
