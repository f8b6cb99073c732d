package org.heshi.identity.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.KeyFile;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes secrets of accounts under a key that stands outside the database: AES-256-GCM for what must be read again, HMAC-SHA-256 for what is only
 * compared. Each is bound to its person, so that a row copied to another one opens nothing.
 */
@Component
class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] sealing;
    private final byte[] digesting;

    Seal(@Value("${heshi.identity.key}") Path file, JdbcClient jdbc, TransactionTemplate transactions) {
        byte[] key = KeyFile.open(file, "second factors", () -> Boolean.TRUE.equals(Acting.as(new Actor.Machine("identity"),
                () -> transactions.execute(_ -> jdbc.sql("""
                        select exists (select 1 from identity.second_factor where secret is not null)
                            or exists (select 1 from identity.recovery_code)""").query(Boolean.class).single()))));
        sealing = mac(key, "seal");
        digesting = mac(key, "digest");
    }

    byte[] close(UUID person, byte[] secret) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, person, nonce).doFinal(secret);
            return ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /** @throws IllegalStateException when it was closed under another key, for somebody else, or was changed */
    byte[] open(UUID person, byte[] closed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, person, Arrays.copyOf(closed, NONCE)).doFinal(closed, NONCE, closed.length - NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a second factor cannot be opened: identity.key is not the one under which it was kept", e);
        }
    }

    byte[] digest(UUID person, String code) {
        return mac(digesting, person + "\0" + code);
    }

    /** Of a text of the program's own, which is only compared. */
    byte[] mark(String text) {
        return mac(digesting, text);
    }

    private Cipher cipher(int mode, UUID person, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(sealing, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(person.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
        }
    }
}
