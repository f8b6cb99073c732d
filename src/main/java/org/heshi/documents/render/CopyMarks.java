package org.heshi.documents.render;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.util.Matrix;
import org.springframework.stereotype.Component;

/** Words that are put on pages beside what they say. */
@Component
public class CopyMarks {

    private static final Color PALE = new Color(0xD9D9D9);

    private final Fonts fonts;

    CopyMarks(Fonts fonts) {
        this.fonts = fonts;
    }

    /** A word across each page, under everything else. */
    static void under(PDDocument pdf, PDFont font, String word) throws IOException {
        for (PDPage page : pdf.getPages()) {
            PDRectangle paper = page.getMediaBox();
            float size = 110;
            float width = font.getStringWidth(word) / 1000 * size;
            try (PDPageContentStream on = new PDPageContentStream(pdf, page, AppendMode.PREPEND, true)) {
                on.beginText();
                on.setFont(font, size);
                on.setNonStrokingColor(PALE);
                double turned = Math.toRadians(45);
                on.setTextMatrix(Matrix.getRotateInstance(turned, (float) (paper.getWidth() / 2 - width / 2 * Math.cos(turned) + size / 3 * Math.sin(turned)),
                        (float) (paper.getHeight() / 2 - width / 2 * Math.sin(turned) - size / 3 * Math.cos(turned))));
                on.showText(word);
                on.endText();
            }
        }
    }

    /**
     * The pages of a paper that was issued, each with these words at its upper right; the signature, which covers the paper without them, is taken out.
     *
     * @return and where the seal stood
     */
    public Printed copied(byte[] issued, String words) {
        try {
            return fonts.use((faces, _) -> {
                try (PDDocument pdf = Loader.loadPDF(issued)) {
                    Optional<Spot> seal = unsigned(pdf);
                    PDFont font = new Press.Face(pdf, faces.getFirst()).supply();
                    float size = 12;
                    float width = font.getStringWidth(words) / 1000 * size;
                    for (PDPage page : pdf.getPages()) {
                        PDRectangle paper = page.getMediaBox();
                        try (PDPageContentStream on = new PDPageContentStream(pdf, page, AppendMode.APPEND, true, true)) {
                            float x = paper.getWidth() - 60 - width;
                            float y = paper.getHeight() - 54;
                            on.setStrokingColor(Color.BLACK);
                            on.setLineWidth(0.8f);
                            on.addRect(x - 6, y - 5, width + 12, size + 8);
                            on.stroke();
                            on.beginText();
                            on.setNonStrokingColor(Color.BLACK);
                            on.setFont(font, size);
                            on.newLineAtOffset(x, y);
                            on.showText(words);
                            on.endText();
                        }
                    }
                    ByteArrayOutputStream out = new ByteArrayOutputStream(issued.length + 32 * 1024);
                    int pages = pdf.getNumberOfPages();
                    pdf.save(out);
                    return new Printed(out.toByteArray(), pages, seal);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("a paper could not be printed again", e);
        }
    }

    private static Optional<Spot> unsigned(PDDocument pdf) throws IOException {
        Optional<Spot> seal = Optional.empty();
        int number = 0;
        for (PDPage page : pdf.getPages()) {
            for (PDAnnotation note : page.getAnnotations()) {
                if (note instanceof PDAnnotationWidget && note.getRectangle() != null && note.getRectangle().getWidth() > 0) {
                    PDRectangle at = note.getRectangle();
                    seal = Optional.of(new Spot(number, at.getLowerLeftX(), at.getLowerLeftY(), at.getWidth(), at.getHeight()));
                }
            }
            page.getCOSObject().removeItem(COSName.ANNOTS);
            number++;
        }
        pdf.getDocumentCatalog().getCOSObject().removeItem(COSName.ACRO_FORM);
        return seal;
    }
}
