package org.heshi.boot.upgrade;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Number of rows and the sum of their SHA-256 modulo 2^256: the same for the same rows in whatever order they come. */
final class RowSum {

    private final MessageDigest digest;
    private final byte[] sum = new byte[32];
    private long rows;

    RowSum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(byte[] row) {
        byte[] hash = digest.digest(row);
        int carry = 0;
        for (int i = sum.length - 1; i >= 0; i--) {
            int total = (sum[i] & 0xFF) + (hash[i] & 0xFF) + carry;
            sum[i] = (byte) total;
            carry = total >>> 8;
        }
        rows++;
    }

    long rows() {
        return rows;
    }

    boolean same(RowSum other) {
        return rows == other.rows && java.util.Arrays.equals(sum, other.sum);
    }
}
