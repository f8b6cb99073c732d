package org.heshi.attachments.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.heshi.attachments.picture.Pictures.Drawn;
import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadThatClaimsToBeAPhotoTests {

    private final Pictures pictures = new Pictures();

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>alert(1)</script>",
        "<!DOCTYPE html><html><body onload=alert(1)></body></html>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj",
        "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;",
        "#!/bin/sh\nrm -rf /",
        "PK\u0003\u0004zip", "BM bitmap", "II*\u0000 tiff", "x"})
    void isRefusedWhenItIsSomethingElse(String content) throws IOException {
        assertThat(refusal(content.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("file-not-a-picture");
    }

    @Test
    void isRefusedWhenItIsEmpty() throws IOException {
        assertThat(refusal(new byte[0])).isEqualTo("file-empty");
    }

    @Test
    void isRefusedWithAWordAboutTheSettingWhenATelephoneSentHeic() throws IOException {
        assertThat(refusal("\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("file-heic");
    }

    @Test
    void isRefusedAboveTwentyMegabytes() throws IOException {
        byte[] padded = Arrays.copyOf(SamplePictures.jpeg(10, 10), (int) Pictures.MOST_BYTES + 1);
        assertThat(refusal(padded)).isEqualTo("file-too-big");
    }

    @Test
    void isRefusedBeforeDecodingWhenItsHeaderPromisesABomb() throws IOException {
        assertThat(refusal(SamplePictures.pngThatSays(60_000, 60_000))).isEqualTo("file-too-many-pixels");
        assertThat(refusal(SamplePictures.pngThatSays(Integer.MAX_VALUE, Integer.MAX_VALUE))).isEqualTo("file-too-many-pixels");
        assertThat(refusal(SamplePictures.pngThatSays(0, 100))).isEqualTo("file-damaged");
        assertThat(refusal(SamplePictures.pngThatSays(-1, 100))).isIn("file-too-many-pixels", "file-damaged");
    }

    @Test
    void isRefusedWhenASmallFileHoldsMoreThanFortyMillionPixels() throws IOException {
        byte[] bomb = SamplePictures.blackPng(6_400, 6_400);
        assertThat(bomb).hasSizeLessThan(100_000);
        assertThat(refusal(bomb)).isEqualTo("file-too-many-pixels");
    }

    @Test
    void isTakenJustBelowFortyMillionPixelsAndMadeSmall() throws IOException {
        Drawn.Done done = done(SamplePictures.blackPng(8_000, 4_990));
        assertThat(done.width()).isEqualTo(Pictures.LONGEST);
        assertThat(done.height()).isBetween(1_590, 1_600);
    }

    @Test
    void isRefusedWhenItsDataEndsBeforeItsSizeDoes() throws IOException {
        assertThat(refusal(SamplePictures.pngThatSays(5_000, 5_000))).isEqualTo("file-damaged");
    }

    @Test
    void throwsAwayATextChunkThatWouldUnpackToAHundredMegabytes() throws IOException {
        Deflater deflater = new Deflater(9);
        deflater.setInput(new byte[100_000_000]);
        deflater.finish();
        byte[] packed = new byte[200_000];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        text.write(packed, 0, length);
        byte[] png = SamplePictures.pngWith("zTXt", text.toByteArray());
        Drawn.Done done = done(png);
        assertThat(done.bytes()).hasSizeLessThan(5_000);
        assertThat(new String(done.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("zTXt");
    }

    @ParameterizedTest
    @CsvSource({"JPEG", "PNG", "WEBP"})
    void isRefusedWhereverItIsCutOff(String format) throws IOException {
        byte[] whole = switch (format) {
            case "JPEG" -> SamplePictures.jpeg(640, 480);
            case "PNG" -> SamplePictures.png(640, 480);
            default -> SamplePictures.lossyWebp();
        };
        for (int part = 1; part <= 9; part++) {
            byte[] cut = Arrays.copyOf(whole, Math.max(13, whole.length * part / 10));
            if (cut.length < whole.length) {
                assertThat(refusal(cut)).as("%d tenths of a %s", part, format).isIn("file-cut-off", "file-damaged");
            }
        }
    }

    @Test
    void isRefusedOrDrawnButNeverFailsWhateverItsBytesAre() throws IOException {
        Random random = new Random(20260721);
        byte[][] samples = {SamplePictures.fromATelephone(64, 48, 6), SamplePictures.png(64, 48), SamplePictures.lossyWebp(), SamplePictures.losslessWebp()};
        for (int round = 0; round < 300; round++) {
            byte[] broken = samples[round % samples.length].clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            long began = System.nanoTime();
            assertThat(pictures.draw(new ByteArrayInputStream(broken))).isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as("time for round %d", round).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void losesTheScriptThatHangsOnBehindThePicture() throws IOException {
        byte[] picture = SamplePictures.jpeg(60, 40);
        byte[] both = Arrays.copyOf(picture, picture.length + 60);
        byte[] script = "<script>alert(document.cookie)</script>".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(script, 0, both, picture.length, script.length);
        assertThat(new String(done(both).bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("<script>");
    }

    @Test
    void losesThePlaceWhereItWasTaken() throws IOException {
        byte[] sent = SamplePictures.fromATelephone(600, 400, 1);
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("GPS 29.7136N");
        Drawn.Done done = done(sent);
        for (byte[] kept : new byte[][] {done.bytes(), done.thumb()}) {
            assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("GPS").doesNotContain("Exif");
        }
    }

    /** The left half is red. Where it is after turning says whether each of the eight ways to hold a camera is right. */
    @ParameterizedTest
    @CsvSource({"1,left", "2,right", "3,right", "4,left", "5,top", "6,top", "7,bottom", "8,bottom"})
    void standsUprightHoweverTheTelephoneWasHeld(int orientation, String red) throws IOException {
        Drawn.Done done = done(SamplePictures.fromATelephone(600, 400, orientation));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(done.bytes()));
        boolean sideways = orientation >= 5;
        assertThat(image.getWidth()).isEqualTo(sideways ? 400 : 600);
        assertThat(image.getHeight()).isEqualTo(sideways ? 600 : 400);
        int w = image.getWidth();
        int h = image.getHeight();
        Color there = new Color(switch (red) {
            case "left" -> image.getRGB(w / 8, h / 2);
            case "right" -> image.getRGB(w * 7 / 8, h / 2);
            case "top" -> image.getRGB(w / 2, h / 8);
            default -> image.getRGB(w / 2, h * 7 / 8);
        });
        assertThat(there.getRed()).isGreaterThan(200);
        assertThat(there.getBlue()).isLessThan(60);
    }

    @Test
    void isAtMost2560PixelsLongWithASmallPictureOf320() throws IOException {
        Drawn.Done done = done(SamplePictures.jpeg(4_000, 3_000));
        assertThat(done.mediaType()).isEqualTo("image/jpeg");
        assertThat(done.width()).isEqualTo(2_560);
        assertThat(done.height()).isEqualTo(1_920);
        assertThat(ImageIO.read(new ByteArrayInputStream(done.thumb())).getWidth()).isEqualTo(320);
    }

    @Test
    void staysPngWhenItIsASmallScreenshot() throws IOException {
        assertThat(done(SamplePictures.png(720, 1_280)).mediaType()).isEqualTo("image/png");
    }

    @Test
    void isTakenAsWebpAndKeptAsJpeg() throws IOException {
        assertThat(done(SamplePictures.lossyWebp()).mediaType()).isEqualTo("image/jpeg");
        assertThat(done(SamplePictures.losslessWebp()).mediaType()).isEqualTo("image/jpeg");
    }

    /** A scanner that takes its time holds none of the places where pictures are decoded. */
    @Test
    void waitsForNobodyElsesScanner() throws Exception {
        byte[] small = SamplePictures.jpeg(20, 20);
        int many = 12;
        CountDownLatch asked = new CountDownLatch(many);
        CountDownLatch answers = new CountDownLatch(1);
        try (ExecutorService slow = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Drawn>> waiting = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                waiting.add(slow.submit(() -> pictures.draw(new ByteArrayInputStream(small), small.length, _ -> {
                    asked.countDown();
                    await(answers);
                    return Optional.empty();
                })));
            }
            try {
                assertThat(asked.await(10, TimeUnit.SECONDS)).as("all are asked about at once").isTrue();
                assertThat(pictures.draw(new ByteArrayInputStream(small), small.length, _ -> Optional.empty())).isInstanceOf(Drawn.Done.class);
                assertThat(done(small).width()).isEqualTo(20);
                assertThat(waiting).noneMatch(Future::isDone);
            } finally {
                answers.countDown();
            }
            for (Future<Drawn> one : waiting) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Drawn.Done.class);
            }
        }
    }

    @Test
    void isNotEvenReadAboveTwentyMegabytes() throws IOException {
        byte[] small = SamplePictures.jpeg(20, 20);
        assertThat(pictures.draw(new ByteArrayInputStream(small), Pictures.MOST_BYTES + 1, _ -> Optional.empty()))
                .isEqualTo(new Drawn.Refused(Refusal.of("file-too-big", 20L)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String refusal(byte[] file) throws IOException {
        Drawn drawn = pictures.draw(new ByteArrayInputStream(file));
        assertThat(drawn).isInstanceOf(Drawn.Refused.class);
        return ((Drawn.Refused) drawn).refusal().code();
    }

    private Drawn.Done done(byte[] file) throws IOException {
        Drawn drawn = pictures.draw(new ByteArrayInputStream(file));
        assertThat(drawn).isInstanceOf(Drawn.Done.class);
        return (Drawn.Done) drawn;
    }
}
