package org.heshi.attachments.picture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes are drawn anew or refused, soon. */
class PictureFuzz {

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
