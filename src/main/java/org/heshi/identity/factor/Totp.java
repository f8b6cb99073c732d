package org.heshi.identity.factor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time codes (RFC 6238) as authenticators expect them: HMAC-SHA-1, steps of 30 seconds from the epoch, 6 digits. */
public final class Totp {

    static final int SECRET_BYTES = 20;
    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 6;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {
    }

    static byte[] freshSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Of a moment: whole steps since the epoch. */
    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    /** The code of a step, with leading zeros. */
    static String code(byte[] secret, long step, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] digest = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = digest[digest.length - 1] & 0xf;
            int number = ByteBuffer.wrap(digest, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
            return String.format(java.util.Locale.ROOT, "%0" + digits + "d", number % (int) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-1 is part of every Java", e);
        }
    }

    /** The code of this moment, as the authenticator shows it. */
    public static String code(byte[] secret, Instant at) {
        return code(secret, step(at), DIGITS);
    }

    /** The steps whose code this is, of the one now and its two neighbours: clocks may be half a minute apart. All three are always worked out. */
    static List<Long> steps(byte[] secret, String typed, Instant now) {
        byte[] given = digits(typed).getBytes(StandardCharsets.US_ASCII);
        List<Long> right = new ArrayList<>();
        for (long step = step(now) - 1; step <= step(now) + 1; step++) {
            if (MessageDigest.isEqual(code(secret, step, DIGITS).getBytes(StandardCharsets.US_ASCII), given)) {
                right.add(step);
            }
        }
        return right;
    }

    /** Full-width digits are digits; spaces are for people. */
    static String digits(String typed) {
        return typed.length() > 40 ? "" : Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s-]", "");
    }

    /** RFC 4648, without padding. */
    public static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (byte each : bytes) {
            held = held << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(held >> bits & 31));
            }
        }
        return bits == 0 ? text.toString() : text.append(BASE32.charAt(held << 5 - bits & 31)).toString();
    }

    /** Bytes of what {@link #base32} wrote; spaces between are skipped. */
    public static byte[] unbase32(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        int held = 0;
        int bits = 0;
        for (char each : text.toCharArray()) {
            int value = BASE32.indexOf(each);
            if (value >= 0) {
                held = held << 5 | value;
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    bytes.put((byte) (held >> bits));
                }
            }
        }
        byte[] all = new byte[bytes.position()];
        bytes.flip().get(all);
        return all;
    }

    /** What the QR code holds. Algorithm, digits and period are the ones that every authenticator takes without being told. */
    static String address(String issuer, String name, byte[] secret) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(name) + "?secret=" + base32(secret) + "&issuer=" + encoded(issuer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
