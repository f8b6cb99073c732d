package org.heshi.attachments.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.heshi.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Draws every upload anew: what comes out is a picture and nothing else, upright, at most {@value #LONGEST} pixels long, without a word of
 * what the camera wrote into it. Few are decoded at the same time, so that memory has a bound.
 */
@Component
public class Pictures {

    public static final long MOST_BYTES = 20L * 1024 * 1024;
    public static final long MOST_PIXELS = 40_000_000;
    public static final int LONGEST = 2560;
    public static final int THUMB = 320;

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    /** Decoded at full size up to here; above, every second or third point of each line is enough for {@value #LONGEST} pixels. */
    private static final long WHOLE = 16_000_000;
    /** A screenshot stays PNG, letter for letter, while it is no bigger than this. */
    private static final int SMALL_PNG = 1_500_000;
    private static final float QUALITY = 0.85f;
    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 30;

    /** MiB of uploads that may be in memory at a time. */
    private static final int IN_HAND = 60;
    private static final int KIB = 1024;

    private final Semaphore inHand = new Semaphore(IN_HAND * KIB, true);
    private final Semaphore decoding = new Semaphore(AT_ONCE, true);
    private final Semaphore great = new Semaphore(1, true);

    public sealed interface Drawn {
        /** @param thumb a JPEG of at most {@value Pictures#THUMB} pixels */
        record Done(byte[] bytes, String mediaType, int width, int height, byte[] thumb) implements Drawn {
        }

        record Refused(Refusal refusal) implements Drawn {
        }
    }

    /**
     * Reads at most {@link #MOST_BYTES} of the stream.
     *
     * @throws IOException when the stream itself fails
     */
    public Drawn draw(InputStream upload) throws IOException {
        return drawn(upload.readNBytes((int) MOST_BYTES + 1));
    }

    /**
     * As {@link #draw(InputStream)}, once somebody has looked at the bytes as they came. Whoever looks may take long: nobody's decoding waits for that.
     * What is being looked at or drawn takes no more than {@value #IN_HAND} MiB together; who comes beyond waits.
     *
     * @param size  how many bytes it is said to have; no more are read
     * @param judge why these bytes are not to be touched, if they are not
     */
    public Drawn draw(InputStream upload, long size, Function<byte[], Optional<Refusal>> judge) throws IOException {
        if (size > MOST_BYTES) {
            return tooBig();
        }
        int room = 1 + (int) (Math.max(0, size) / KIB);
        try {
            if (!inHand.tryAcquire(room, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Drawn.Refused(Refusal.of("file-busy"));
            }
            try {
                byte[] file = upload.readNBytes((int) Math.max(0, size));
                Optional<Refusal> judged = file.length == 0 ? Optional.empty() : judge.apply(file);
                return judged.isPresent() ? new Drawn.Refused(judged.get()) : drawn(file);
            } finally {
                inHand.release(room);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Drawn.Refused(Refusal.of("file-busy"));
        }
    }

    private Drawn drawn(byte[] file) {
        if (file.length == 0) {
            return new Drawn.Refused(Refusal.of("file-empty"));
        }
        if (file.length > MOST_BYTES) {
            return tooBig();
        }
        try {
            if (!decoding.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Drawn.Refused(Refusal.of("file-busy"));
            }
            try {
                return decide(file);
            } finally {
                decoding.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Drawn.Refused(Refusal.of("file-busy"));
        }
    }

    private static Drawn tooBig() {
        return new Drawn.Refused(Refusal.of("file-too-big", MOST_BYTES / 1024 / 1024));
    }

    private Drawn decide(byte[] file) throws InterruptedException {
        try {
            Container container = Container.of(file);
            if (container.pixels() > MOST_PIXELS) {
                throw NotAPicture.because("file-too-many-pixels", MOST_PIXELS / 1_000_000);
            }
            boolean takesRoom = container.pixels() > WHOLE;
            if (takesRoom && !great.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw NotAPicture.because("file-busy");
            }
            try {
                return redraw(container);
            } finally {
                if (takesRoom) {
                    great.release();
                }
            }
        } catch (NotAPicture e) {
            return new Drawn.Refused(e.refusal());
        }
    }

    private static Drawn redraw(Container container) throws NotAPicture {
        BufferedImage decoded;
        try {
            decoded = decode(container);
        } catch (IOException | RuntimeException e) {
            // Readers throw whatever a hostile file drives them to; to its sender they all say the same.
            LOG.debug("an upload could not be decoded as {}: {}", container.format(), e.toString());
            throw NotAPicture.because("file-damaged");
        }
        BufferedImage picture = upright(fit(decoded, LONGEST), container.orientation());
        byte[] thumb = jpeg(opaque(fit(picture, THUMB)));
        if (container.format() == Format.PNG) {
            byte[] png = png(picture);
            if (png.length <= SMALL_PNG) {
                return new Drawn.Done(png, "image/png", picture.getWidth(), picture.getHeight(), thumb);
            }
        }
        return new Drawn.Done(jpeg(opaque(picture)), "image/jpeg", picture.getWidth(), picture.getHeight(), thumb);
    }

    private static BufferedImage decode(Container container) throws IOException, NotAPicture {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(container.format().reader());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no reader for " + container.format());
        }
        ImageReader reader = readers.next();
        boolean[] warned = {false};
        reader.addIIOReadWarningListener((_, warning) -> {
            LOG.debug("a reader warns: {}", warning);
            warned[0] |= warning.toLowerCase(java.util.Locale.ROOT).contains("premature");
        });
        try (ImageInputStream in = new PatientStream(container.bytes(), patience(container))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MOST_PIXELS || width > container.width() || height > container.height()) {
                throw NotAPicture.because("file-damaged");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) container.pixels() / WHOLE));
            if (step > 1) {
                param.setSourceSubsampling(step, step, 0, 0);
            }
            BufferedImage image = reader.read(0, param);
            if (warned[0]) {
                throw NotAPicture.because("file-cut-off");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    /** Several times what an honest picture of that size takes. */
    private static Duration patience(Container container) {
        return Duration.ofMillis(2_000 + container.pixels() / 3_000);
    }

    /** Scales down by halves and one last step, so that fine patterns do not flicker. Never scales up. */
    private static BufferedImage fit(BufferedImage image, int longest) {
        double factor = Math.min(1, (double) longest / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage now = image;
        do {
            int w = Math.max(width, now.getWidth() / 2);
            int h = Math.max(height, now.getHeight() / 2);
            BufferedImage next = canvas(w, h, now.getColorModel().hasAlpha());
            Graphics2D g = next.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(now, 0, 0, w, h, null);
            g.dispose();
            now = next;
        } while (now.getWidth() > width || now.getHeight() > height);
        return now;
    }

    private static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation == 1) {
            return image;
        }
        int w = image.getWidth();
        int h = image.getHeight();
        // Where each corner goes, by the eight ways to hold a camera.
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
        boolean sideways = orientation >= 5;
        BufferedImage turned = canvas(sideways ? h : w, sideways ? w : h, image.getColorModel().hasAlpha());
        Graphics2D g = turned.createGraphics();
        g.drawImage(image, turn, null);
        g.dispose();
        return turned;
    }

    private static BufferedImage opaque(BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) {
            return image;
        }
        BufferedImage white = canvas(image.getWidth(), image.getHeight(), false);
        Graphics2D g = white.createGraphics();
        g.drawImage(image, 0, 0, Color.WHITE, null);
        g.dispose();
        return white;
    }

    private static BufferedImage canvas(int width, int height, boolean alpha) {
        return new BufferedImage(width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    private static byte[] jpeg(BufferedImage image) {
        return write("JPEG", image, true);
    }

    private static byte[] png(BufferedImage image) {
        return write("PNG", image, false);
    }

    private static byte[] write(String format, BufferedImage image, boolean lossy) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (lossy) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new IllegalStateException("a picture could not be written into memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
