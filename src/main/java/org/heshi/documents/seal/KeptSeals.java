package org.heshi.documents.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.SealedFiles;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.documents.UnitSeals;
import org.heshi.documents.render.Printed;
import org.heshi.kernel.Uuid7;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Certificates of units in the register, their keys as PKCS#12 in the folder of files, each under a key of the key store: who has the folder, or a backup,
 * without the key of keys cannot seal. The program does not start when that one is open to others.
 */
@Component
public class KeptSeals implements UnitSeals {

    private static final Actor.Machine MACHINE = new Actor.Machine("seals");
    /** What protects it is the seal around it. */
    private static final char[] PASSWORD = "heshi".toCharArray();

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    /** A seal that was made stays, whatever becomes of the paper that asked for it. */
    private final TransactionTemplate apart;
    private final SealedFiles files;
    private final Directory directory;
    private final Signing signing;
    private final InstantSource clock;
    private final boolean demo;
    /** Short-lived: another process of the program may renew one. */
    private final Cache<UUID, Certificates.Sealing> open = Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofMinutes(1)).build();

    KeptSeals(JdbcClient jdbc, TransactionTemplate transactions, SealedFiles files, Directory directory, Signing signing, InstantSource clock,
            @Value("${heshi.demo}") boolean demo) {
        this.demo = demo;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.apart = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.files = files;
        this.directory = directory;
        this.signing = signing;
        this.clock = clock;
    }

    @Override
    public Optional<UnitSeal> find(UUID unit) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select id, unit, certificate, self_made, begun_at from documents.seal where unit = ? and ended_at is null")
                .param(unit).query((r, _) -> {
                    byte[] der = r.getBytes("certificate");
                    X509Certificate certificate = Certificates.parsed(der);
                    return new UnitSeal(r.getObject("id", UUID.class), unit, subject(certificate), HexFormat.of().formatHex(Certificates.fingerprint(der)),
                            r.getObject("begun_at", OffsetDateTime.class).toInstant(), certificate.getNotAfter().toInstant(), r.getBoolean("self_made"));
                }).optional()));
    }

    @Override
    public Optional<UnitSeal> toSealWith(UUID unit) {
        Optional<UnitSeal> seal = find(unit);
        return seal.isEmpty() && demo ? Optional.of(make(unit, false)) : seal;
    }

    private static String subject(X509Certificate certificate) {
        try {
            X500Name name = new JcaX509CertificateHolder(certificate).getSubject();
            var common = name.getRDNs(BCStyle.CN);
            return common.length == 0 ? name.toString() : IETFUtils.valueToString(common[0].getFirst().getValue());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs what was printed, where its seal stands. @throws NoSuchElementException when the unit has no certificate, or its key is lost */
    public byte[] sign(UnitSeal seal, Printed paper, String reason, Instant at) {
        Certificates.Sealing sealing = open.get(seal.id(), _ -> key(seal.id()));
        return signing.sign(paper, sealing, seal.subject(), reason, at);
    }

    private Certificates.Sealing key(UUID seal) {
        try (InputStream kept = files.read(seal).orElseThrow(() -> new NoSuchElementException("the key of the seal " + seal
                + " is lost: put the folder of files back from the backup, or give the unit a new one with ./heshi seal --renew"))) {
            return Certificates.read(kept.readAllBytes(), PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the seal " + seal + " cannot be read", e);
        }
    }

    /** Makes a key and a certificate that vouches for itself; the one before ends. @param lost somebody else may have had that one's key */
    public UnitSeal make(UUID unit, boolean lost) {
        Unit of = directory.findUnit(unit).orElseThrow(() -> new NoSuchElementException("no such unit"));
        return take(unit, Certificates.selfMade(of.name(), of.division(), clock.instant()), true, lost);
    }

    /** Takes over a key and the certificates that a certification authority gave. @throws IllegalArgumentException in a sentence, when it cannot be used */
    public UnitSeal bring(UUID unit, byte[] pkcs12, char[] password, boolean lost) {
        Certificates.Sealing brought = Certificates.read(pkcs12, password);
        Instant now = clock.instant();
        X509Certificate certificate = brought.certificate();
        if (certificate.getNotAfter().toInstant().isBefore(now) || certificate.getNotBefore().toInstant().isAfter(now)) {
            throw new IllegalArgumentException("the certificate is good from " + certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant()
                    + ", not now");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[0] && !usage[1]) {
            throw new IllegalArgumentException("the certificate is not for signatures");
        }
        return take(unit, brought, certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()), lost);
    }

    private UnitSeal take(UUID unit, Certificates.Sealing sealing, boolean selfMade, boolean lost) {
        Instant now = clock.instant();
        UUID id = Uuid7.at(now);
        try {
            byte[] der = sealing.certificate().getEncoded();
            byte[] key = Certificates.written(sealing, PASSWORD);
            // the key first: a certificate without its key would stand in the way of every paper
            files.write(id, out -> out.write(key));
            Acting.run(MACHINE, () -> apart.executeWithoutResult(_ -> {
                List<UUID> before = jdbc.sql("update documents.seal set ended_at = :now, lost = :lost where unit = :unit and ended_at is null returning id")
                        .param("now", now.atOffset(ZoneOffset.UTC)).param("lost", lost).param("unit", unit).query(UUID.class).list();
                jdbc.sql("insert into documents.seal (id, unit, certificate, fingerprint, self_made, begun_at) values (?, ?, ?, ?, ?, ?)")
                        .params(id, unit, der, Certificates.fingerprint(der), selfMade, now.atOffset(ZoneOffset.UTC)).update();
                before.forEach(open::invalidate);
            }));
        } catch (IOException e) {
            throw new UncheckedIOException("the key of a seal could not be kept", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return Acting.as(MACHINE, () -> find(unit)).orElseThrow();
    }

    /** A certificate that this house knows. @param lost somebody else may have had its key */
    public record Known(UUID id, UUID unit, X509Certificate certificate, boolean lost) {
    }

    /** The one of this fingerprint, also one that ended. */
    public Optional<Known> known(byte[] certificate) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select id, unit, certificate, lost from documents.seal where fingerprint = ?")
                .param(Certificates.fingerprint(certificate)).query((r, _) -> new Known(r.getObject("id", UUID.class), r.getObject("unit", UUID.class),
                        Certificates.parsed(r.getBytes("certificate")), r.getBoolean("lost"))).optional()));
    }

    /** Those of some ids that are keys of seals. */
    public List<UUID> keys(List<UUID> ids) {
        return jdbc.sql("select id from documents.seal where id = any (?)").param(ids.toArray(UUID[]::new)).query(UUID.class).list();
    }
}
