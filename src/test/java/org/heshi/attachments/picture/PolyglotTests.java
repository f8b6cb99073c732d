package org.heshi.attachments.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.heshi.attachments.picture.Pictures.Drawn;
import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is a picture to one program and something else to another: what is kept is the picture, or nothing is. */
class PolyglotTests {

    private static final String PAGE = "<!DOCTYPE html><html><script>fetch('/queue')</script></html>";
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script><foreignObject><body onload=\"x\"/></foreignObject></svg>";

    private final Pictures pictures = new Pictures();

    /** In the comment, before the picture begins, as browsers that guess would read it. */
    @Test
    void isNoPageAnyMoreWhenThePageStoodInAComment() throws IOException {
        isOnlyAPicture(withSegment(SamplePictures.jpeg(60, 40), 0xFE, PAGE.getBytes(StandardCharsets.US_ASCII)), "script", "html");
    }

    @ParameterizedTest
    @ValueSource(ints = {0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE})
    void losesWhatStandsInAnySegmentThatDrawsNothing(int marker) throws IOException {
        byte[] hidden = ("Exif\0\0MM\0*\0\0\0\b\0\0" + PAGE + SVG + "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude</x:xmpmeta>").getBytes(StandardCharsets.ISO_8859_1);
        Drawn drawn = draw(withSegment(SamplePictures.jpeg(60, 40), marker, hidden));
        // a reader may find the segment's own form wrong; then nothing is kept
        if (drawn instanceof Drawn.Done done) {
            assertThat(text(done.bytes()) + text(done.thumb())).doesNotContain("script", "svg", "GPSLatitude", "html", "xmpmeta");
        }
    }

    /** A ZIP (an office file, an archive of Java) is read from its end, a JPEG from its beginning. */
    @Test
    void isNoArchiveAnyMoreWhenOneWasHungOn() throws IOException {
        for (byte[] picture : List.of(SamplePictures.jpeg(60, 40), SamplePictures.png(60, 40), SamplePictures.losslessWebp())) {
            byte[] both = joined(picture, archive());
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(both, picture.length, both.length - picture.length))) {
                assertThat(zip.getNextEntry()).as("it is an archive when it is sent").isNotNull();
            }
            isOnlyAPicture(both, "PK\u0003\u0004", "payload", "PK\u0005\u0006");
        }
    }

    @Test
    void isNoArchiveInAPngChunk() throws IOException {
        for (String type : List.of("tEXt", "iTXt", "eXIf", "iCCP", "zzZz", "vpAg")) {
            Drawn drawn = draw(SamplePictures.pngWith(type, joined("Comment\0".getBytes(StandardCharsets.US_ASCII), archive())));
            assertThat(drawn).as(type).isInstanceOf(Drawn.Done.class);
            assertThat(text(((Drawn.Done) drawn).bytes())).doesNotContain("payload", "PK\u0003\u0004", type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SVG, "\uFEFF" + SVG, "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>",
        "\u001f\u008b\b\u0000svgz", "GIF89a" + SVG, "%PDF-1.4 " + PAGE, "PK\u0003\u0004" + SVG, "RIFF....WAVE" + SVG, "\u0089PNG " + PAGE, "\u00ff\u00d8" + PAGE})
    void isRefusedWhenItOnlyBeginsLikeOne(String content) throws IOException {
        assertThat(draw(content.getBytes(StandardCharsets.ISO_8859_1))).isInstanceOfSatisfying(Drawn.Refused.class,
                refused -> assertThat(refused.refusal().code()).isIn("file-not-a-picture", "file-damaged", "file-cut-off"));
    }

    @Test
    void isRefusedBeforeDecodingWhenItClaimsSixtyThousandBySixtyThousand() throws IOException {
        byte[] jpeg = SamplePictures.jpeg(60, 40);
        for (int at = 2; at < jpeg.length - 9; at++) {
            if ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(jpeg).putShort(at + 5, (short) 60_000).putShort(at + 7, (short) 60_000);
                break;
            }
        }
        ByteBuffer webp = ByteBuffer.allocate(52).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(44).put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0);
        webp.put(new byte[] {(byte) 0x5F, (byte) 0xEA, 0, (byte) 0x5F, (byte) 0xEA, 0});
        webp.put(SamplePictures.losslessWebp(), 12, 22);
        long before = used();
        for (byte[] claims : List.of(jpeg, SamplePictures.pngThatSays(60_000, 60_000), webp.array())) {
            assertThat(draw(claims)).isInstanceOfSatisfying(Drawn.Refused.class,
                    refused -> assertThat(refused.refusal().code()).isIn("file-too-many-pixels", "file-cut-off"));
        }
        assertThat(used() - before).as("nothing of that size was made").isLessThan(200_000_000);
    }

    @Test
    void isNotTouchedWhenSomebodyFoundItMalicious() throws IOException {
        byte[] picture = SamplePictures.jpeg(60, 40);
        assertThat(pictures.draw(new ByteArrayInputStream(picture), picture.length, _ -> Optional.of(Refusal.of("file-malicious", "X"))))
                .isEqualTo(new Drawn.Refused(Refusal.of("file-malicious", "X")));
    }

    private void isOnlyAPicture(byte[] file, String... otherwise) throws IOException {
        Drawn drawn = draw(file);
        assertThat(drawn).isInstanceOf(Drawn.Done.class);
        Drawn.Done done = (Drawn.Done) drawn;
        for (byte[] kept : List.of(done.bytes(), done.thumb())) {
            assertThat(text(kept)).doesNotContain(otherwise);
            assertThat(readable(kept)).isTrue();
        }
    }

    /** To its last byte. */
    private static boolean readable(byte[] kept) {
        try {
            return Container.of(kept).bytes().length == kept.length;
        } catch (NotAPicture e) {
            return false;
        }
    }

    private Drawn draw(byte[] file) throws IOException {
        return pictures.draw(new ByteArrayInputStream(file));
    }

    private static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
        ByteBuffer both = ByteBuffer.allocate(jpeg.length + 4 + body.length);
        both.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) (body.length + 2)).put(body).put(jpeg, 2, jpeg.length - 2);
        return both.array();
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            byte[] payload = "payload".getBytes(StandardCharsets.US_ASCII);
            ZipEntry entry = new ZipEntry("payload.class");
            entry.setSize(payload.length);
            CRC32 crc = new CRC32();
            crc.update(payload);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(payload);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
