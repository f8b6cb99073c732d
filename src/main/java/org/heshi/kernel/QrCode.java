package org.heshi.kernel;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * A QR code (ISO/IEC 18004) as the path of an SVG picture.
 *
 * @param size width and height in modules, the quiet zone of four included
 */
public record QrCode(int size, String path) {

    private static final Pattern RUN = Pattern.compile("M([0-9]+) ([0-9]+)h([0-9]+)");

    /** @throws IllegalArgumentException when the text is too long for one */
    public static QrCode of(String text) {
        try {
            BitMatrix bits = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1,
                    Map.of(EncodeHintType.MARGIN, 4, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M));
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < bits.getHeight(); y++) {
                for (int x = 0; x < bits.getWidth(); x++) {
                    int from = x;
                    while (x < bits.getWidth() && bits.get(x, y)) {
                        x++;
                    }
                    if (x > from) {
                        path.append('M').append(from).append(' ').append(y).append('h').append(x - from).append("v1h-").append(x - from).append('z');
                    }
                }
            }
            return new QrCode(bits.getWidth(), path.toString());
        } catch (WriterException e) {
            throw new IllegalArgumentException("too long for a QR code", e);
        }
    }

    /** The same as a PNG in black and white, for papers. @param module width of a module in pixels */
    public byte[] png(int module) {
        BufferedImage picture = new BufferedImage(size * module, size * module, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D on = picture.createGraphics();
        on.setColor(Color.WHITE);
        on.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        on.setColor(Color.BLACK);
        Matcher run = RUN.matcher(path);
        while (run.find()) {
            on.fillRect(Integer.parseInt(run.group(1)) * module, Integer.parseInt(run.group(2)) * module, Integer.parseInt(run.group(3)) * module, module);
        }
        on.dispose();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
