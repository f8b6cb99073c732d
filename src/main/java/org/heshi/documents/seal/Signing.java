package org.heshi.documents.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceDictionary;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.heshi.documents.render.Printed;
import org.heshi.documents.render.Spot;
import org.springframework.stereotype.Component;

/** Signs a PDF as PAdES baseline B-B asks (ETSI EN 319 142-1): CAdES in the PDF, over all of it but the signature itself. */
@Component
class Signing {

    /** A chain of three certificates has room. */
    private static final int ROOM = 24 * 1024;

    byte[] sign(Printed paper, Certificates.Sealing sealing, String name, String reason, Instant at) {
        try (PDDocument pdf = Loader.loadPDF(paper.pdf()); SignatureOptions options = new SignatureOptions()) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(COSName.getPDFName("ETSI.CAdES.detached"));
            signature.setName(name);
            signature.setReason(reason);
            Calendar when = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
            when.setTimeInMillis(at.toEpochMilli());
            signature.setSignDate(when);
            options.setPreferredSignatureSize(ROOM);
            pdf.addSignature(signature, signer(sealing), options);
            if (paper.seal().isPresent()) {
                put(pdf, paper);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(paper.pdf().length + 3 * ROOM);
            pdf.saveIncremental(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a paper could not be sealed", e);
        }
    }

    /** Lays the signature over the picture of the seal, with nothing of its own to be seen: who touches the seal in a reader comes to the signature. */
    private static void put(PDDocument pdf, Printed paper) throws IOException {
        Spot spot = paper.seal().orElseThrow();
        PDSignatureField field = pdf.getSignatureFields().getLast();
        PDAnnotationWidget widget = field.getWidgets().getFirst();
        PDPage page = pdf.getPage(spot.page());
        for (PDPage other : pdf.getPages()) {
            List<PDAnnotation> kept = other.getAnnotations();
            if (!other.equals(page) && kept.removeIf(note -> note.getCOSObject() == widget.getCOSObject())) {
                other.setAnnotations(kept);
                other.getCOSObject().setNeedToBeUpdated(true);
            }
        }
        List<PDAnnotation> notes = page.getAnnotations();
        if (notes.stream().noneMatch(note -> note.getCOSObject() == widget.getCOSObject())) {
            notes.add(widget);
            page.setAnnotations(notes);
            page.getCOSObject().setNeedToBeUpdated(true);
        }
        widget.setPage(page);
        widget.setRectangle(new PDRectangle(spot.x(), spot.y(), spot.width(), spot.height()));
        PDAppearanceStream nothing = new PDAppearanceStream(pdf);
        nothing.setResources(new PDResources());
        nothing.setBBox(new PDRectangle(spot.width(), spot.height()));
        PDAppearanceDictionary appearance = new PDAppearanceDictionary();
        appearance.setNormalAppearance(nothing);
        widget.setAppearance(appearance);
        widget.getCOSObject().setNeedToBeUpdated(true);
    }

    private static SignatureInterface signer(Certificates.Sealing sealing) {
        return content -> {
            try {
                X509Certificate certificate = sealing.certificate();
                CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
                SigningCertificateV2 named = new SigningCertificateV2(new ESSCertIDv2(Certificates.fingerprint(certificate.getEncoded())));
                AttributeTable attributes = new AttributeTable(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(named)));
                generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        // the claimed time stands in the PDF's own dictionary, and nowhere else (EN 319 142-1, 6.3)
                        .setSignedAttributeGenerator(parameters -> new DefaultSignedAttributeTableGenerator(attributes).getAttributes(parameters)
                                .remove(CMSAttributes.signingTime))
                        .build(new JcaContentSignerBuilder(sealing.algorithm()).build(sealing.key()), certificate));
                generator.addCertificates(new JcaCertStore(sealing.chain()));
                return generator.generate(new Streamed(content), false).getEncoded();
            } catch (CMSException | OperatorCreationException | GeneralSecurityException e) {
                throw new IOException("the signature could not be made", e);
            }
        };
    }

    private record Streamed(InputStream content) implements CMSTypedData {

        @Override
        public ASN1ObjectIdentifier getContentType() {
            return CMSObjectIdentifiers.data;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            content.transferTo(out);
        }

        @Override
        public Object getContent() {
            return content;
        }
    }
}
