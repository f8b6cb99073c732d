package org.heshi.proof.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A key that signs, with its public half. Shows nothing of itself. */
public final class SigningKey {

    private final PrivateKey key;
    private final VerifyingKey verifier;

    private SigningKey(PrivateKey key, VerifyingKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    public static SigningKey fresh(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            return new SigningKey(pair.getPrivate(), new VerifyingKey(name, Arrays.copyOfRange(encoded, VerifyingKey.X509.length, encoded.length)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is part of every Java since 15", e);
        }
    }

    /** Reads what {@link #written()} gives; empty when it is damaged. */
    public static Optional<SigningKey> parse(String written) {
        String[] lines = written.strip().split("\\R");
        Optional<VerifyingKey> verifier = VerifyingKey.parse(lines[0]);
        if (lines.length != 2 || verifier.isEmpty()) {
            return Optional.empty();
        }
        try {
            SigningKey read = new SigningKey(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[1]))),
                    verifier.get());
            byte[] probe = new byte[] {1};
            return verifier.get().verifies(probe, read.sign(probe)) ? Optional.of(read) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public VerifyingKey verifier() {
        return verifier;
    }

    /** For the key's file and nothing else. */
    public String written() {
        return verifier + "\n" + Base64.getEncoder().encodeToString(key.getEncoded()) + "\n";
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read signs", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifier.shownId() + "]";
    }
}
