package org.heshi.secrets.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.AesSiv;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.Sealer;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM by Tink: a nonce of 12 random bytes, the text, a tag of 16 bytes; and AES-256-SIV under a key drawn from the same one by HKDF: a tag of 16 bytes,
 * the text.
 */
public final class GcmKey implements Sealer {

    public static final int LENGTH = 32;

    private static final AesGcmParameters PARAMETERS = parameters();

    private static final byte[] SALTED = "heshi salted 1".getBytes(StandardCharsets.UTF_8);
    private static final int SALTED_LENGTH = 64;

    private final Aead aead;
    private final byte[] key;
    /** Made when it is asked for: keys of files never are. */
    private volatile @Nullable DeterministicAead salted;

    /** @param key 32 bytes */
    public GcmKey(byte[] key) {
        this.key = key.clone();
        try {
            this.aead = AesGcmJce.create(AesGcmKey.builder().setParameters(PARAMETERS)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get())).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key of " + LENGTH + " bytes", e);
        }
    }

    private DeterministicAead salted() throws GeneralSecurityException {
        DeterministicAead made = salted;
        if (made == null) {
            made = new AesSiv(Hkdf.computeHkdf("HMACSHA256", key, new byte[0], SALTED, SALTED_LENGTH));
            salted = made;
        }
        return made;
    }

    @Override
    public byte[] sealSalted(byte[] clear, byte[] bound) {
        try {
            return salted().encryptDeterministically(clear, bound);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    @Override
    public byte[] openSalted(byte[] sealed, byte[] bound) {
        try {
            return salted().decryptDeterministically(sealed, bound);
        } catch (GeneralSecurityException e) {
            throw new BrokenSeal("a seal does not open under its key", e);
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
