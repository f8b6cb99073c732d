package org.heshi.matters.report;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a resident takes home, kept in their session for a while so that a reload shows it again. Sessions stand in the database, so the code is
 * sealed with the key of the form that was sent, which only the browser keeps: a stolen database shows no code.
 */
record Receipt(String number, byte[] sealed, Instant at) implements Serializable {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    static Receipt of(String number, String code, Instant at, String key) {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce, code.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("sealing cannot fail"));
        byte[] sealed = Arrays.copyOf(nonce, NONCE + secret.length);
        System.arraycopy(secret, 0, sealed, NONCE, secret.length);
        return new Receipt(number, sealed, at);
    }

    /** The code, for the browser that has the key of the form. */
    Optional<String> code(String key) {
        return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), Arrays.copyOfRange(sealed, NONCE, sealed.length))
                .map(code -> new String(code, StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> cipher(int mode, String key, byte[] nonce, byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(("receipt|" + key).getBytes(StandardCharsets.UTF_8));
            Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
            aes.init(mode, new SecretKeySpec(digest, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(aes.doFinal(text));
        } catch (javax.crypto.AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM and SHA-256 are part of every Java", e);
        }
    }
}
