package org.heshi.mediation.sign;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.heshi.kernel.Refusal;

/** A signature as the page's script sends it: a PNG of the field in which somebody wrote. */
sealed interface HandDrawn {

    /** Nobody wrote there. */
    record Nothing() implements HandDrawn {
    }

    record Refused(Refusal refusal) implements HandDrawn {
    }

    record Picture(byte[] png) implements HandDrawn {
    }

    String BEGINS = "data:image/png;base64,";
    int MOST_CHARACTERS = 700_000;
    int WIDEST = 2000;
    int HIGHEST = 1000;
    /** Fewer dark points are a slip of the finger; more than this part of all is a field that was painted over. */
    int FEWEST_DARK = 150;
    double MOST_DARK = 0.6;
    byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** @param field beside which a refusal stands */
    static HandDrawn of(String sent, String field) {
        if (sent.isBlank()) {
            return new Nothing();
        }
        if (!sent.startsWith(BEGINS) || sent.length() > MOST_CHARACTERS) {
            return new Refused(Refusal.at(field, "signature-unreadable"));
        }
        try {
            byte[] png = Base64.getDecoder().decode(sent.substring(BEGINS.length()));
            return dark(decoded(png)) < FEWEST_DARK ? new Refused(Refusal.at(field, "signature-too-little")) : new Picture(png);
        } catch (IOException | RuntimeException e) {
            // readers throw whatever a hostile file drives them to; to its sender they all say the same
            return new Refused(Refusal.at(field, "signature-unreadable"));
        }
    }

    private static BufferedImage decoded(byte[] png) throws IOException {
        if (png.length < PNG.length || !Arrays.equals(PNG, 0, PNG.length, png, 0, PNG.length)) {
            throw new IOException("not a PNG");
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in, true, true);
            // asked before anything is decoded: a small file may say that it is a great picture
            if (reader.getWidth(0) > WIDEST || reader.getHeight(0) > HIGHEST) {
                throw new IOException("too great");
            }
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** How many points are written on; none when the whole field was painted over. */
    private static long dark(BufferedImage picture) {
        long dark = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, y);
                int light = ((rgb >> 16 & 0xff) * 3 + (rgb >> 8 & 0xff) * 6 + (rgb & 0xff)) / 10;
                if ((rgb >>> 24) > 127 && light < 128) {
                    dark++;
                }
            }
        }
        return dark > MOST_DARK * picture.getWidth() * picture.getHeight() ? 0 : dark;
    }
}
