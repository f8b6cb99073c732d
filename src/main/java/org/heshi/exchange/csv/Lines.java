package org.heshi.exchange.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Physical lines of a file as bytes, each with its line feed. In UTF-8 and in GB18030 the byte 0A is never a part of another character.
 */
public final class Lines {

    private static final int LONGEST = 4 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final int longest;
    private int from;
    private int to;

    Lines(InputStream in) {
        this(in, LONGEST);
    }

    /** @param longest longer lines are cut here; what follows counts as further lines, so that no file can fill the memory */
    public Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line in its bytes; empty at the end. */
    public Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (line.size() < longest) {
            if (from == to) {
                to = in.read(buffer);
                from = 0;
                if (to < 0) {
                    to = 0;
                    break;
                }
            }
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            boolean whole = end < to;
            int until = whole ? end + 1 : end;
            line.write(buffer, from, until - from);
            from = until;
            if (whole) {
                break;
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }
}
