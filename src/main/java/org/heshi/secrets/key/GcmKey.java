package org.heshi.secrets.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import java.security.GeneralSecurityException;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.Sealer;

/** AES-256-GCM by Tink: a nonce of 12 random bytes, the text, a tag of 16 bytes. */
public final class GcmKey implements Sealer {

    public static final int LENGTH = 32;

    private static final AesGcmParameters PARAMETERS = parameters();

    private final Aead aead;

    /** @param key 32 bytes */
    public GcmKey(byte[] key) {
        try {
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
}
