package org.heshi.exchange.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** The socket goes to the address that was looked at; the certificate must be for the name all the same. */
class WireOverTlsTests {

    private static final String NAME = "hook.example.org";

    private record Identity(KeyStore keys, X509Certificate certificate) {
    }

    private static Identity identity(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        Instant now = Instant.now();
        X500Name subject = new X500Name("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(subject, BigInteger.valueOf(now.toEpochMilli()), Date.from(now.minusSeconds(60)), Date.from(now.plusSeconds(3_600)), subject, pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        X509Certificate certificate = (X509Certificate) java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(
                new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))).getEncoded()));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("k", pair.getPrivate(), new char[]{'x'}, new X509Certificate[]{certificate});
        return new Identity(keys, certificate);
    }

    private static SSLSocketFactory trusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("k", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @Test
    void deliversUnderTheNameAndRefusesEveryOtherCertificate() throws Exception {
        Identity identity = identity(NAME);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(identity.keys(), new char[]{'x'});
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        AtomicReference<String> host = new AtomicReference<>("");
        AtomicInteger asked = new AtomicInteger();
        server.createContext("/", exchange -> {
            host.set(exchange.getRequestHeaders().getFirst("Host"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        Targets here = new Targets(List.of(), true, _ -> {
            asked.incrementAndGet();
            return new InetAddress[]{InetAddress.getLoopbackAddress()};
        });
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        try (Wire wire = new Wire(here, trusting(identity.certificate()), Duration.ofSeconds(5), Duration.ofSeconds(10));
                Wire stranger = new Wire(here, (SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(5), Duration.ofSeconds(10))) {
            URI right = URI.create("https://" + NAME + ":" + port + "/in");
            assertThat(wire.post(right, Map.of("webhook-id", "a"), body)).isEqualTo(new Wire.Went.Answered(200, java.util.Optional.empty()));
            assertThat(host.get()).isEqualTo(NAME + ":" + port);
            assertThat(wire.post(right, Map.of(), body)).isInstanceOf(Wire.Went.Answered.class);
            assertThat(asked).as("a connection that is kept was looked at").hasValue(1);
            assertThat(wire.post(URI.create("https://other.example.org:" + port + "/in"), Map.of(), body)).isEqualTo(new Wire.Went.Failed("no-tls"));
            assertThat(wire.post(URI.create("https://127.0.0.1:" + port + "/in"), Map.of(), body)).isEqualTo(new Wire.Went.Failed("no-tls"));
            assertThat(stranger.post(right, Map.of(), body)).as("an authority that nobody knows").isEqualTo(new Wire.Went.Failed("no-tls"));
        } finally {
            server.stop(0);
        }
    }
}
