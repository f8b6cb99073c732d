package org.heshi.documents.render;

import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.PaperKind;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Makes PDF/A-2u (ISO 19005-2) of a template and its content, with the fonts that it uses embedded. Nothing is fetched from anywhere: a template may hold
 * pictures in itself and nothing else.
 */
@Component
public class Press {

    /** The room that a template leaves for the seal. */
    private static final Pattern SEAL = Pattern.compile("seal");
    private static final byte[] COLOURS = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false);
    }

    private final TemplateEngine templates;
    private final Fonts fonts;
    private final Printable printable;
    private final String style;

    Press(TemplateEngine templates, Fonts fonts, Printable printable) throws IOException {
        this.templates = templates;
        this.fonts = fonts;
        this.printable = printable;
        this.style = new ClassPathResource("documents/paper.css").getContentAsString(StandardCharsets.UTF_8);
    }

    /** A paper. All that it holds must be printable: ask {@link Printable} first. */
    public Printed print(PaperKind kind, PaperFrame frame, Record content, Look look) {
        return print(kind.template(), frame, content, look);
    }

    public Printed print(String template, PaperFrame frame, Record content, Look look) {
        StringOutput written = new StringOutput();
        templates.render(template, Map.of("paper", frame, "content", content), written);
        Document page = parsed(Printable.composed(written.toString()));
        printable.demand(page.getDocumentElement().getTextContent());
        try {
            return fonts.use((faces, families) -> set(page, faces, families, look, frame.check().isEmpty() ? "" : frame.t("documents.paper.check", frame.check())));
        } catch (IOException e) {
            throw new UncheckedIOException("a paper could not be made", e);
        }
    }

    private Printed set(Document page, List<TrueTypeFont> faces, List<String> families, Look look, String above) throws IOException {
        style(page, String.join(", ", families), above);
        try (PDDocument pdf = new PDDocument()) {
            List<Face> supplied = new ArrayList<>();
            PdfRendererBuilder builder = new PdfRendererBuilder().usePDDocument(pdf).useFastMode().withW3cDocument(page, "paper:/")
                    .usePdfAConformance(PdfAConformance.PDFA_2_U).useColorProfile(COLOURS).withProducer("Heshi")
                    .useExternalResourceAccessControl((uri, _) -> uri.startsWith("data:image/"), ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                    .useExternalResourceAccessControl((uri, _) -> uri.startsWith("data:image/"), ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
            for (int i = 0; i < faces.size(); i++) {
                Face face = new Face(pdf, faces.get(i));
                supplied.add(face);
                builder.useFont(face, families.get(i));
            }
            Optional<Spot> seal;
            try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
                renderer.createPDFWithoutClosing();
                seal = renderer.findPagePositionsByID(SEAL).stream().findFirst()
                        .map(at -> new Spot(at.getPageNo(), at.getX(), at.getY(), at.getWidth(), at.getHeight()));
            }
            switch (look) {
                case Look.Issued(Optional<String> unit) -> {
                    if (unit.isPresent() && seal.isPresent()) {
                        SealPicture.draw(pdf, faces, seal.get(), unit.get());
                    }
                }
                case Look.Preview(String word) -> CopyMarks.under(pdf, supplied.getFirst().supply(), word);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
            int pages = pdf.getNumberOfPages();
            pdf.save(out);
            return new Printed(out.toByteArray(), pages, seal);
        }
    }

    private void style(Document page, String families, String above) {
        Element sheet = page.createElement("style");
        sheet.setTextContent("html { font-family: " + families + "; }\n" + style.replace("$families", families).replace("$head", above.replaceAll("[\\\\\"\n]", "")));
        Node head = page.getElementsByTagName("head").item(0);
        head.appendChild(sheet);
    }

    private static Document parsed(String xhtml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xhtml)));
        } catch (SAXException e) {
            throw new IllegalStateException("a template of a paper is no XHTML: " + e.getMessage(), e);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Put into the PDF when something is first set in it. */
    static final class Face extends PDFontSupplier {

        private final PDDocument pdf;
        private final TrueTypeFont font;
        private @Nullable PDFont put;

        Face(PDDocument pdf, TrueTypeFont font) {
            super(null);
            this.pdf = pdf;
            this.font = font;
        }

        @Override
        public PDFont supply() {
            if (put == null) {
                try {
                    put = PDType0Font.load(pdf, font, true);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return Objects.requireNonNull(put);
        }
    }
}
