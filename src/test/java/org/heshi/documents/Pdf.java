package org.heshi.documents;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** A PDF as readers that did not write it see it. */
public final class Pdf {

    static {
        VeraGreenfieldFoundryProvider.initialise();
    }

    private Pdf() {
    }

    public static String text(byte[] pdf) {
        return String.join("", pages(pdf));
    }

    /** Text of each page, one line, without spaces. */
    public static List<String> pages(byte[] pdf) {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            List<String> pages = new ArrayList<>();
            for (int i = 1; i <= read.getNumberOfPages(); i++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(i);
                stripper.setEndPage(i);
                pages.add(Normalizer.normalize(stripper.getText(read), Normalizer.Form.NFKC).replaceAll("\\s+", ""));
            }
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text of all pages, character for character. */
    public static String asWritten(byte[] pdf) {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As pdftotext of poppler reads it, where that is installed. */
    public static String byPoppler(byte[] pdf) throws IOException, InterruptedException {
        Process reader = new ProcessBuilder("pdftotext", "-enc", "UTF-8", "-", "-").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread.ofVirtual().start(() -> {
            try (var in = reader.getOutputStream()) {
                in.write(pdf);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String text = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (reader.waitFor() != 0) {
            throw new IOException("pdftotext cannot read it");
        }
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", "");
    }

    /** What veraPDF finds wrong with it as PDF/A-2u; empty: nothing. */
    public static List<String> wrongAsPdfA(byte[] pdf) {
        PDFAFlavour flavour = PDFAFlavour.PDFA_2_U;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            return result.isCompliant() ? List.of() : result.getTestAssertions().stream().filter(a -> a.getStatus() == TestAssertion.Status.FAILED)
                    .map(a -> a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber() + " " + a.getMessage() + " at " + a.getLocation().getContext()).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signatures, each with how it is made and who it says signed. */
    public static List<String> signatures(byte[] pdf) {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            return read.getSignatureDictionaries().stream().map(signature -> signature.getSubFilter() + " " + signature.getName()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fonts, each with whether it is embedded. */
    public static List<String> fonts(byte[] pdf) {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            TreeSet<String> fonts = new TreeSet<>();
            for (PDPage page : read.getPages()) {
                PDResources resources = page.getResources();
                for (COSName name : resources.getFontNames()) {
                    PDFont font = resources.getFont(name);
                    fonts.add(font.getName().replaceFirst("^[A-Z]{6}\\+", "") + (font.isEmbedded() ? " embedded" : " not embedded"));
                }
            }
            return List.copyOf(fonts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BufferedImage picture(byte[] pdf, int page) {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            return new PDFRenderer(read).renderImageWithDPI(page, 60);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] jpeg(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, y % 40 < 12 && x % 26 < 20 ? 0x303030 : 0xFFFFFF);
            }
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpeg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
