package org.heshi.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTests {

    private final Passwords passwords = new Passwords();

    @Test
    void spendsOnAnUnknownNameWhatAKnownOneCosts() {
        String kept = passwords.digest("a password that is long enough");

        assertThat(cost(Passwords.NOBODYS)).isEqualTo(cost(kept));
        assertThat(Passwords.NOBODYS).hasSameSizeAs(kept);
    }

    @Test
    void letsNobodyInWithoutAKeptDigest() {
        assertThat(passwords.matches("nobody has this password", null)).isFalse();
    }

    /** Algorithm, version and parameters: what stands before salt and digest. */
    private static String cost(String digest) {
        return digest.substring(0, digest.indexOf('$', digest.indexOf("p=")));
    }
}
