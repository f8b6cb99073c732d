package org.heshi.attachments.picture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are drawn anew or refused, soon. */
class PictureFuzz {

    /** What fuzzing starts from, and every run reads: a small picture, and the same that says it is 60,000 points wide and high. */
    static Stream<Arguments> seeds() {
        byte[] bomb = SamplePictures.png(4, 4);
        // width and height stand behind the signature, the length and the name of the first chunk
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
        return Stream.of(SamplePictures.png(4, 4), bomb).map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isDrawnOrRefused(byte[] file) throws IOException {
        long began = System.nanoTime();
        if (new Pictures().draw(new ByteArrayInputStream(file)) instanceof Pictures.Drawn.Done done
                && (done.width() < 1 || (long) done.width() * done.height() > Pictures.MOST_PIXELS || done.bytes().length == 0)) {
            throw new IllegalStateException("drawn to " + done.width() + " x " + done.height());
        }
        if (System.nanoTime() - began > 30_000_000_000L) {
            throw new IllegalStateException("took more than half a minute");
        }
    }
}
