package org.heshi.secrets.key;

/**
 * A key that encrypts keys and nothing else. The program's own lies in a file; a county that has a key management system puts another bean of this
 * interface in its place. It is asked once for each key that is not at hand, and once for each fresh one.
 */
public interface KeyEncryption {

    /** Names the key; the same for the same key, at most 64 of {@code a-z 0-9 - : .} */
    String id();

    /** @param bound the id of the key that is wrapped: it cannot be passed off as another's */
    byte[] wrap(byte[] key, byte[] bound);

    /** @throws org.heshi.secrets.BrokenSeal when it was wrapped by another or changed */
    byte[] unwrap(byte[] wrapped, byte[] bound);
}
