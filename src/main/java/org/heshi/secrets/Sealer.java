package org.heshi.secrets;

/**
 * Seals and opens under one key, by Google Tink: AES-256-GCM with a random nonce (NIST SP 800-38D), and AES-SIV (RFC 5297) for what has chance of its own in it.
 */
public interface Sealer {

    /** @param bound where it stands; it opens nowhere else */
    byte[] seal(byte[] clear, byte[] bound);

    /** @throws BrokenSeal when it was changed, or stands elsewhere than where it was sealed for */
    byte[] open(byte[] sealed, byte[] bound);

    /** The same for what holds a random salt, so that no two are alike: it needs no nonce beside it, which is 12 bytes less. */
    byte[] sealSalted(byte[] clear, byte[] bound);

    /** @throws BrokenSeal as {@link #open} */
    byte[] openSalted(byte[] sealed, byte[] bound);
}
