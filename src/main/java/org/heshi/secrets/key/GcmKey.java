package org.heshi.secrets.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.Sealer;

/** AES-256-GCM by Tink: a nonce of 12 random bytes, the text, a tag of 16 bytes. */
public final class GcmKey implements Sealer {

    public static final int LENGTH = 32;

    private static final String MAC = "HmacSHA256";
    private static final AesGcmParameters PARAMETERS = parameters();

    private static final byte[] DRAWN = "heshi drawn 1\u0001".getBytes(StandardCharsets.UTF_8);

    private final Aead aead;
    /** The expansion of the key for what is drawn from it: the key itself seals and does nothing else. */
    private final SecretKeySpec drawing;

    /** @param key 32 bytes */
    public GcmKey(byte[] key) {
        try {
            this.drawing = new SecretKeySpec(hmac(new SecretKeySpec(key, MAC), DRAWN), MAC);
            this.aead = AesGcmJce.create(AesGcmKey.builder().setParameters(PARAMETERS)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get())).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key of " + LENGTH + " bytes", e);
        }
    }

    private static AesGcmParameters parameters() {
        try {
            return AesGcmParameters.builder().setKeySizeBytes(LENGTH).setIvSizeBytes(12).setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] seal(byte[] clear, byte[] bound) {
        try {
            return aead.encrypt(clear, bound);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, byte[] bound) {
        try {
            return aead.decrypt(sealed, bound);
        } catch (GeneralSecurityException e) {
            throw new BrokenSeal("a seal does not open under its key", e);
        }
    }

    @Override
    public byte[] drawn(byte[] place) {
        try {
            return hmac(drawing, place);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC);
        mac.init(key);
        return mac.doFinal(message);
    }
}
