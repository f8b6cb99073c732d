package org.heshi.documents.seal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys with their certificates, as PKCS#12 (RFC 7292) and by themselves. */
final class Certificates {

    private static final String ALIAS = "seal";
    private static final Duration SELF_MADE_HOLDS = Duration.ofDays(5 * 365);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {
    }

    /** A key with the certificates that vouch for it, its own one first. */
    record Sealing(PrivateKey key, List<X509Certificate> chain) {

        Sealing {
            chain = List.copyOf(chain);
        }

        X509Certificate certificate() {
            return chain.getFirst();
        }

        /** Names the algorithm of both key and digest. */
        String algorithm() {
            return key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        }
    }

    /** A key on P-256 and a certificate that vouches for itself. */
    static Sealing selfMade(String unit, String place, Instant now) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            KeyPair pair = pairs.generateKeyPair();
            X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.C, "CN").addRDN(BCStyle.OU, place).addRDN(BCStyle.O, unit).addRDN(BCStyle.CN, unit).build();
            JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(name, new BigInteger(127, RANDOM).add(BigInteger.ONE), Date.from(now.minusSeconds(60)),
                    Date.from(now.plus(SELF_MADE_HOLDS)), name, pair.getPublic());
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            X509Certificate made = new JcaX509CertificateConverter().getCertificate(
                    certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            return new Sealing(pair.getPrivate(), List.of(made));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    static byte[] written(Sealing sealing, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, sealing.key(), password, sealing.chain().toArray(Certificate[]::new));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key could not be written", e);
        }
    }

    /** @throws IllegalArgumentException in a sentence, when it is no PKCS#12 with one key that can seal papers, or the password is another */
    static Sealing read(byte[] pkcs12, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password);
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1 || !(store.getKey(keys.getFirst(), password) instanceof PrivateKey key)) {
                throw new IllegalArgumentException("the file must hold one private key with its certificate, and holds " + keys.size());
            }
            Certificate[] chain = store.getCertificateChain(keys.getFirst());
            if (!key.getAlgorithm().equals("RSA") && !key.getAlgorithm().equals("EC")) {
                throw new IllegalArgumentException("a key for " + key.getAlgorithm() + " cannot seal papers: RSA or EC can");
            }
            return new Sealing(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the file is no PKCS#12, or the password is another one (" + e.getMessage() + ")", e);
        }
    }

    static X509Certificate parsed(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate in the register cannot be read", e);
        }
    }

    static byte[] fingerprint(byte[] der) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(der);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
