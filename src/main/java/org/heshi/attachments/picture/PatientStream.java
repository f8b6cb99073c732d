package org.heshi.attachments.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Bytes for a decoder that may take only so long: a few dozen wicked ones can keep a decoder busy for a quarter of a minute, and none of the
 * decoders asks whether it should stop. It asks for bytes, though.
 */
final class PatientStream extends MemoryCacheImageInputStream {

    private static final int LOOK_AT_THE_CLOCK_EVERY = 64;

    private final long end;
    private int calls;

    PatientStream(byte[] bytes, Duration patience) {
        super(new ByteArrayInputStream(bytes));
        this.end = System.nanoTime() + patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        look();
        return super.read();
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        look();
        return super.read(b, off, len);
    }

    private void look() throws IOException {
        if (++calls % LOOK_AT_THE_CLOCK_EVERY == 0 && System.nanoTime() - end > 0) {
            throw new IOException("decoding takes too long");
        }
    }
}
