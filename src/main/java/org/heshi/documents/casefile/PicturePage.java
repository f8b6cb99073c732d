package org.heshi.documents.casefile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** A scanned picture as a page of A4, upright or across as the picture is, as large as the paper lets it. A JPEG is taken over as it is. */
final class PicturePage {

    private static final float EDGE = 28;

    private PicturePage() {
    }

    /** @throws IOException when it is no picture that can be read */
    static byte[] of(byte[] picture) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDImageXObject image;
            try {
                image = PDImageXObject.createFromByteArray(pdf, picture, "scan");
            } catch (IllegalArgumentException e) {
                throw new IOException("not a picture that can be bound", e);
            }
            boolean across = image.getWidth() > image.getHeight();
            PDRectangle paper = across ? new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth()) : PDRectangle.A4;
            PDPage page = new PDPage(paper);
            pdf.addPage(page);
            float shrunk = Math.min((paper.getWidth() - 2 * EDGE) / image.getWidth(), (paper.getHeight() - 3 * EDGE) / image.getHeight());
            float width = image.getWidth() * shrunk;
            float height = image.getHeight() * shrunk;
            try (PDPageContentStream on = new PDPageContentStream(pdf, page)) {
                on.drawImage(image, (paper.getWidth() - width) / 2, (paper.getHeight() - height - EDGE / 2) / 2, width, height);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(picture.length + 4096);
            pdf.save(out);
            return out.toByteArray();
        }
    }
}
