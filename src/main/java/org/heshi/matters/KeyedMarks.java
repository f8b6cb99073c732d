package org.heshi.matters;

/** Marks by which a room finds the same thing again without keeping it: HMAC-SHA-256 under a key that stands outside the database. */
public interface KeyedMarks {

    /** @param purpose each has a key of its own @return 32 bytes */
    byte[] keyed(String purpose, String text);
}
