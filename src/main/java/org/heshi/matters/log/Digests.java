package org.heshi.matters.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 of contents and HMAC-SHA-256 of particulars (decision 1). Version 1 of the digests. */
public final class Digests {

    public static final int VERSION = 1;
    /** What the first entry of a chain gives as its predecessor. */
    public static final byte[] NOTHING = new byte[32];

    private Digests() {
    }

    public static byte[] of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a key of a form or of a program is known by: the first 128 bits of its digest, which nobody makes twice by chance. */
    public static byte[] key(String said) {
        return Arrays.copyOf(of(said), 16);
    }

    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an entry holds in place of a particular: HMAC-SHA-256 of the value under its salt, in unpadded base64url. */
    public static String commitment(byte[] salt, String value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(salt, value.getBytes(StandardCharsets.UTF_8)));
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
