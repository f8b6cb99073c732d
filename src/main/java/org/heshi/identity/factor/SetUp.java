package org.heshi.identity.factor;

import org.heshi.kernel.QrCode;

/**
 * What somebody puts into their authenticator.
 *
 * @param secret in groups of four, as people copy it
 */
public record SetUp(QrCode qr, String secret) {

    /**
     * @param issuer under which name the authenticator lists it
     * @param name   the sign-in name
     */
    public static SetUp of(byte[] secret, String issuer, String name) {
        return new SetUp(QrCode.of(Totp.address(issuer, name, secret)), Totp.base32(secret).replaceAll("(.{4})(?=.)", "$1 "));
    }
}
