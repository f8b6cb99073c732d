package org.heshi.documents.seal;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the seal of a unit of this house over a file, without reading the file as a PDF: what was signed is bytes, and bytes cannot be read in two ways. A
 * seal counts when it covers everything from the first byte to the last but itself, so that nothing can be hidden beside it. Time grows with the size of
 * the file, memory does not.
 */
@Component
public class SignatureReader {

    private static final byte[] MARK = "/ByteRange".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern RANGES = Pattern.compile("\\A/ByteRange\\s*\\[\\s*(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s*\\]");
    /** The only digest that this house signs. */
    private static final String SHA_256 = NISTObjectIdentifiers.id_sha256.getId();
    private static final int MOST_SIGNATURES = 8;
    private static final int LONGEST = 256 * 1024;

    private final KeptSeals seals;

    SignatureReader(KeptSeals seals) {
        this.seals = seals;
    }

    /** A file that can be read more than once. */
    @FunctionalInterface
    public interface Source {

        InputStream open() throws IOException;
    }

    /** What is found. Digests are SHA-256, as 64 small hexadecimal digits. */
    public sealed interface Found {

        /** Digest of the whole file. */
        String sha256();

        /** No signature at all. */
        record Unsigned(String sha256) implements Found {
        }

        /** A signature, but none of a unit of this house that would be whole. @param ours whether it names a certificate of this house */
        record Broken(String sha256, boolean ours) implements Found {
        }

        /** @param appended whether something was put behind what was sealed @param sealed digest of what was sealed, with its signature */
        record Sealed(String sha256, UUID unit, boolean lost, boolean appended, String sealed) implements Found {
        }
    }

    private record Candidate(long first, long second, long length) {

        long end() {
            return second + length;
        }
    }

    public Found read(Source source, long size) throws IOException {
        Deque<Candidate> candidates = new ArrayDeque<>();
        String whole = scan(source, size, candidates);
        if (candidates.isEmpty()) {
            return new Found.Unsigned(whole);
        }
        boolean ours = false;
        List<Found.Sealed> good = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<Ranges> ranges = ranges(source, candidate);
            if (ranges.isEmpty()) {
                continue;
            }
            Checked checked = check(ranges.get());
            ours |= checked.known() != null;
            KeptSeals.Known known = checked.known();
            if (known != null && checked.holds()) {
                boolean appended = candidate.end() < size;
                good.add(new Found.Sealed(whole, known.unit(), known.lost(), appended, appended ? ranges.get().until() : whole));
            }
        }
        return good.stream().filter(sealed -> !sealed.appended()).findFirst().or(() -> good.isEmpty() ? Optional.empty() : Optional.of(good.getLast()))
                .map(Found.class::cast).orElse(new Found.Broken(whole, ours));
    }

    /** Digest of the whole, and where signatures say what they cover: the last few. */
    private static String scan(Source source, long size, Deque<Candidate> candidates) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[64 * 1024];
        int kept = 0;
        try (InputStream in = source.open()) {
            int read;
            while ((read = in.read(buffer, kept, buffer.length - kept)) > 0) {
                digest.update(buffer, kept, read);
                int until = kept + read;
                int from = 0;
                int at;
                while ((at = indexOf(buffer, from, until)) >= 0 && at + 80 <= until) {
                    candidate(buffer, at, until, size, candidates);
                    from = at + MARK.length;
                }
                // what may begin near the end of the buffer is looked at again with what follows
                int keep = Math.max(from, Math.max(0, until - 160));
                kept = until - keep;
                System.arraycopy(buffer, keep, buffer, 0, kept);
            }
        }
        int from = 0;
        int at;
        while ((at = indexOf(buffer, from, kept)) >= 0) {
            candidate(buffer, at, kept, size, candidates);
            from = at + MARK.length;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void candidate(byte[] buffer, int at, int until, long size, Deque<Candidate> candidates) {
        Matcher matcher = RANGES.matcher(new String(buffer, at, Math.min(120, until - at), StandardCharsets.ISO_8859_1));
        if (matcher.find()) {
            long begin = Long.parseLong(matcher.group(1));
            Candidate found = new Candidate(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(4)));
            if (begin == 0 && found.first() > 0 && found.second() > found.first() + 2 && found.second() - found.first() <= LONGEST && found.end() <= size
                    && !candidates.contains(found)) {
                candidates.addLast(found);
                if (candidates.size() > MOST_SIGNATURES) {
                    candidates.removeFirst();
                }
            }
        }
    }

    private static int indexOf(byte[] buffer, int from, int until) {
        for (int i = from; i <= until - MARK.length; i++) {
            if (buffer[i] == '/' && Arrays.equals(buffer, i, i + MARK.length, MARK, 0, MARK.length)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * @param covered   digest of what the ranges cover
     * @param until     digest of everything up to their end
     * @param signature what stands between them
     * @param plain     whether its digits are all of one case, as they were written
     */
    private record Ranges(byte[] covered, String until, byte[] signature, boolean plain) {
    }

    /** Empty when between the ranges there is anything but the signature. */
    private static Optional<Ranges> ranges(Source source, Candidate candidate) throws IOException {
        MessageDigest covered = sha256();
        MessageDigest until = sha256();
        byte[] between = new byte[(int) (candidate.second() - candidate.first())];
        try (InputStream in = new BufferedInputStream(source.open(), 64 * 1024)) {
            update(in, candidate.first(), covered, until);
            if (in.readNBytes(between, 0, between.length) != between.length) {
                return Optional.empty();
            }
            until.update(between);
            update(in, candidate.length(), covered, until);
        }
        String text = new String(between, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("<") || !text.endsWith(">") || text.length() % 2 != 0) {
            return Optional.empty();
        }
        try {
            byte[] der = HexFormat.of().parseHex(text, 1, text.length() - 1);
            String digits = text.substring(1, text.length() - 1);
            boolean plain = digits.equals(digits.toUpperCase(Locale.ROOT)) || digits.equals(digits.toLowerCase(Locale.ROOT));
            return Optional.of(new Ranges(covered.digest(), HexFormat.of().formatHex(until.digest()), der, plain));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void update(InputStream in, long length, MessageDigest... digests) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            for (MessageDigest digest : digests) {
                digest.update(buffer, 0, read);
            }
            left -= read;
        }
    }

    private record Checked(KeptSeals.@Nullable Known known, boolean holds) {
    }

    private Checked check(Ranges ranges) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(ranges.signature());
        try (ASN1InputStream in = new ASN1InputStream(bytes, true)) {
            ASN1Primitive first = in.readObject();
            // behind it there is only what fills the room: no signature covers it, so that nothing else may stand there
            boolean filled = true;
            for (int rest = bytes.read(); rest >= 0; rest = bytes.read()) {
                filled &= rest == 0;
            }
            filled &= ranges.plain();
            CMSSignedData signed = new CMSSignedData(Map.of(SHA_256, ranges.covered()), ContentInfo.getInstance(first));
            Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
            if (signers.size() != 1 || signed.getSignedContent() != null) {
                return new Checked(null, false);
            }
            SignerInformation signer = signers.iterator().next();
            @SuppressWarnings("unchecked")
            Collection<X509CertificateHolder> named = signed.getCertificates().getMatches(signer.getSID());
            for (X509CertificateHolder holder : named) {
                Optional<KeptSeals.Known> known = seals.known(holder.getEncoded());
                if (known.isPresent()) {
                    return new Checked(known.get(), filled && holds(signer, known.get()));
                }
            }
            return new Checked(null, false);
        } catch (IOException | CMSException | RuntimeException _) {
            // whatever it is, it is no signature of this house
            return new Checked(null, false);
        }
    }

    /** Against the certificate in the register, of which nothing came with the file. */
    private static boolean holds(SignerInformation signer, KeptSeals.Known known) {
        try {
            return signer.getSignedAttributes() != null && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(known.certificate().getPublicKey()));
        } catch (CMSException | OperatorCreationException | RuntimeException _) {
            // another digest than what was signed, too
            return false;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
