package org.heshi.secrets;

/**
 * Seals and opens under one key: AES-256-GCM with a random nonce (NIST SP 800-38D), by Google Tink.
 */
public interface Sealer {

    /** @param bound where it stands; it opens nowhere else */
    byte[] seal(byte[] clear, byte[] bound);

    /** @throws BrokenSeal when it was changed, or stands elsewhere than where it was sealed for */
    byte[] open(byte[] sealed, byte[] bound);
}
