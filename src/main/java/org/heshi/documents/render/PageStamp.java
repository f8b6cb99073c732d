package org.heshi.documents.render;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** Numbers of pages at their upper right, in a font of which there is one in a file, whatever its pages come from. */
public final class PageStamp {

    /** Name of the font among the resources of a page. */
    public static final String FONT = "HeshiPage";
    private static final float SIZE = 11;
    private static final float FROM_EDGE = 34;

    private final byte[] pdf;
    private final Map<Integer, String> codes = new TreeMap<>();
    private final Map<Integer, Float> widths = new TreeMap<>();

    /** A file with the font in it and nothing else. */
    PageStamp(Fonts fonts) {
        try {
            pdf = fonts.use((faces, _) -> {
                try (PDDocument made = new PDDocument()) {
                    PDFont font = new Press.Face(made, faces.getFirst()).supply();
                    PDPage page = new PDPage(PDRectangle.A4);
                    made.addPage(page);
                    try (PDPageContentStream on = new PDPageContentStream(made, page)) {
                        on.beginText();
                        on.setFont(font, SIZE);
                        on.showText("0123456789");
                        on.endText();
                    }
                    for (int c = '0'; c <= '9'; c++) {
                        String digit = Character.toString(c);
                        codes.put(c, HexFormat.of().formatHex(font.encode(digit)));
                        widths.put(c, font.getStringWidth(digit) / 1000 * SIZE);
                    }
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    made.save(out);
                    return out.toByteArray();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the font of page numbers could not be made", e);
        }
    }

    public byte[] pdf() {
        return pdf;
    }

    /** Under which name the file's page has the font. */
    public COSName name(PDDocument loaded) {
        return loaded.getPage(0).getResources().getFontNames().iterator().next();
    }

    /** What shows the number on a page of this size, upright as the page is read. @param rotation 0, 90, 180 or 270 degrees clockwise */
    public String operators(int number, PDRectangle paper, int rotation) {
        StringBuilder hex = new StringBuilder();
        float width = 0;
        for (int c : Integer.toString(number).chars().toArray()) {
            hex.append(codes.get(c));
            width += widths.get(c);
        }
        float left = paper.getLowerLeftX();
        float low = paper.getLowerLeftY();
        String at = switch (rotation) {
            case 90 -> matrix(0, 1, -1, 0, left + FROM_EDGE, low + paper.getHeight() - FROM_EDGE - width);
            case 180 -> matrix(-1, 0, 0, -1, left + FROM_EDGE + width, low + FROM_EDGE);
            case 270 -> matrix(0, -1, 1, 0, left + paper.getWidth() - FROM_EDGE, low + FROM_EDGE + width);
            default -> matrix(1, 0, 0, 1, left + paper.getWidth() - FROM_EDGE - width, low + paper.getHeight() - FROM_EDGE);
        };
        return "q 0 g BT /" + FONT + " " + SIZE + " Tf " + at + " Tm <" + hex + "> Tj ET Q\n";
    }

    private static String matrix(int a, int b, int c, int d, float x, float y) {
        return a + " " + b + " " + c + " " + d + " " + String.format(Locale.ROOT, "%.2f %.2f", x, y);
    }
}
