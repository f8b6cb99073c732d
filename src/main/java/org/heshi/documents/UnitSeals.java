package org.heshi.documents;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which units have a certificate to seal papers with. Keys are made and brought in by {@code ./heshi seal}, in the demo by themselves. */
public interface UnitSeals {

    Optional<UnitSeal> find(UUID unit);

    /** The seal for a paper that is to be issued; in the demo county one is made where there is none. */
    Optional<UnitSeal> toSealWith(UUID unit);

    /**
     * @param subject     whom the certificate names
     * @param fingerprint SHA-256 of the certificate, 64 small hexadecimal digits
     * @param selfMade    whether nobody else vouches for it
     */
    record UnitSeal(UUID id, UUID unit, String subject, String fingerprint, Instant begun, Instant validUntil, boolean selfMade) {
    }
}
