package org.heshi.documents.render;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.util.List;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;

/**
 * The visible mark of the seal: a circle, the unit's name along it, a star. Drawn, not written: who takes the text out of a paper gets the paper alone; and
 * under the words, so that nothing is hard to read. What counts is the signature, not the picture.
 */
final class SealPicture {

    private static final Color RED = new Color(0xC8, 0x10, 0x2E);
    private static final double WIDEST = Math.toRadians(290);

    private SealPicture() {
    }

    static void draw(PDDocument pdf, List<TrueTypeFont> fonts, Spot spot, String unit) throws IOException {
        float radius = Math.min(spot.width(), spot.height()) / 2 - 1.5f;
        float x = spot.x() + spot.width() / 2;
        float y = spot.y() + spot.height() / 2;
        try (PDPageContentStream on = new PDPageContentStream(pdf, pdf.getPage(spot.page()), AppendMode.PREPEND, true, true)) {
            on.setStrokingColor(RED);
            on.setNonStrokingColor(RED);
            on.setLineWidth(2.2f);
            circle(on, x, y, radius);
            on.stroke();
            star(on, x, y, radius * 0.30f);
            on.fill();
            words(on, fonts, unit, x, y, radius);
        }
    }

    private static void words(PDPageContentStream on, List<TrueTypeFont> fonts, String unit, float x, float y, float radius) throws IOException {
        int[] letters = unit.codePoints().toArray();
        // as large as the seal allows, until the name goes nearly round it
        double size = Math.min(radius * 0.27, WIDEST * radius * 0.70 / Math.max(letters.length, 1));
        double inner = radius * 0.93 - size;
        double step = Math.min(size * 1.22 / inner, WIDEST / Math.max(letters.length, 1));
        double at = -step * (letters.length - 1) / 2;
        for (int letter : letters) {
            Glyph glyph = glyph(fonts, letter);
            double scale = size / glyph.em();
            AffineTransform to = new AffineTransform();
            to.translate(x + inner * Math.sin(at), y + inner * Math.cos(at));
            to.rotate(-at);
            to.scale(scale, scale);
            to.translate(-glyph.width() / 2, 0);
            if (shape(on, glyph.path().getPathIterator(to))) {
                on.fill();
            }
            at += step;
        }
    }

    private record Glyph(Path2D path, double width, double em) {
    }

    private static Glyph glyph(List<TrueTypeFont> fonts, int letter) throws IOException {
        for (TrueTypeFont font : fonts) {
            int id = font.getUnicodeCmapLookup().getGlyphId(letter);
            if (id > 0) {
                GlyphData drawn = font.getGlyph().getGlyph(id);
                return new Glyph(drawn == null ? new Path2D.Double() : drawn.getPath(), font.getAdvanceWidth(id), font.getUnitsPerEm());
            }
        }
        throw new IllegalStateException("no font has U+" + Integer.toHexString(letter));
    }

    /** @return whether there is anything to be filled */
    private static boolean shape(PDPageContentStream on, PathIterator path) throws IOException {
        float[] c = new float[6];
        float x = 0;
        float y = 0;
        boolean any = false;
        for (; !path.isDone(); path.next()) {
            any = true;
            switch (path.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> on.moveTo(x = c[0], y = c[1]);
                case PathIterator.SEG_LINETO -> on.lineTo(x = c[0], y = c[1]);
                case PathIterator.SEG_QUADTO -> {
                    // PDF has no curves of the second degree
                    on.curveTo(x + (c[0] - x) * 2 / 3, y + (c[1] - y) * 2 / 3, c[2] + (c[0] - c[2]) * 2 / 3, c[3] + (c[1] - c[3]) * 2 / 3, c[2], c[3]);
                    x = c[2];
                    y = c[3];
                }
                case PathIterator.SEG_CUBICTO -> on.curveTo(c[0], c[1], c[2], c[3], x = c[4], y = c[5]);
                default -> on.closePath();
            }
        }
        return any;
    }

    private static void circle(PDPageContentStream on, float x, float y, float r) throws IOException {
        float k = 0.5523f * r;
        on.moveTo(x + r, y);
        on.curveTo(x + r, y + k, x + k, y + r, x, y + r);
        on.curveTo(x - k, y + r, x - r, y + k, x - r, y);
        on.curveTo(x - r, y - k, x - k, y - r, x, y - r);
        on.curveTo(x + k, y - r, x + r, y - k, x + r, y);
        on.closePath();
    }

    private static void star(PDPageContentStream on, float x, float y, float r) throws IOException {
        for (int i = 0; i < 10; i++) {
            double angle = Math.PI / 2 + i * Math.PI / 5;
            double far = i % 2 == 0 ? r : r * 0.382;
            float px = (float) (x + far * Math.cos(angle));
            float py = (float) (y + far * Math.sin(angle));
            if (i == 0) {
                on.moveTo(px, py);
            } else {
                on.lineTo(px, py);
            }
        }
        on.closePath();
    }
}
