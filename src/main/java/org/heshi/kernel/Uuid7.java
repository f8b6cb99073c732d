package org.heshi.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Internal ids: UUID version 7 (RFC 9562, section 5.7), so that new rows stand beside each other in an index. */
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Uuid7() {
    }

    /** A new id whose first 48 bits are the instant in milliseconds and whose other bits are random. */
    public static UUID at(Instant instant) {
        long high = (instant.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
