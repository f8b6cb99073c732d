package org.heshi.exchange.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * In which encoding a file stands. UTF-8 when every line is, or when most of its lines with Chinese in them are (then the others are bad
 * lines, not another encoding); else GB18030, which GBK and GB2312 are parts of.
 */
public final class Encoding {

    public static final Charset GB18030 = Charset.forName("GB18030");

    private Encoding() {
    }

    /** @throws IOException also when it is UTF-16, which nobody sends as CSV on purpose */
    public static Charset of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            int first = in.read();
            int second = in.read();
            in.reset();
            if (first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF) {
                throw new IOException(file.getFileName() + " is UTF-16; save it as CSV UTF-8");
            }
            return of(in);
        }
    }

    private static Charset of(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        long utf8 = 0;
        long other = 0;
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (ascii(line.get())) {
                continue;
            }
            if (decode(line.get(), StandardCharsets.UTF_8).isPresent()) {
                utf8++;
            } else {
                other++;
            }
        }
        return other == 0 || utf8 > other ? StandardCharsets.UTF_8 : GB18030;
    }

    /** The text, or empty when the bytes are not text in this encoding; lone surrogates are not. */
    public static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
