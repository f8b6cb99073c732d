package org.heshi.matters.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The content of an entry as it lies in the database: DEFLATE (RFC 1951) with a dictionary of what entries say again and again, after one byte that names the
 * dictionary. It is the log's largest part, and a quarter of the size this way. Unpacked, it is to the last byte what was digested.
 *
 * <p>Entries from before it was packed stand there as text. Dictionary 1 never changes: what was packed with it could not be read any more.
 */
public final class Packed {

    /** To be selected, from {@code matters.entry}, for {@link #content} and {@link #bytes}. */
    public static final String COLUMNS = "content, packed";

    private static final byte FIRST = 1;
    private static final byte[] DICTIONARY = dictionary("/log/entry-1.dictionary");
    /** An entry names at most some hundred units, parties and clauses. */
    private static final int MOST = 16 << 20;

    private Packed() {
    }

    private static byte[] dictionary(String name) {
        try (InputStream in = Packed.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] pack(String content) {
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setDictionary(DICTIONARY);
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            deflater.setInput(bytes);
            deflater.finish();
            // what cannot be made shorter grows by a few bytes a block
            byte[] packed = new byte[bytes.length + bytes.length / 1_000 + 64];
            packed[0] = FIRST;
            int size = 1;
            while (!deflater.finished()) {
                size += deflater.deflate(packed, size, packed.length - size);
            }
            return Arrays.copyOf(packed, size);
        }
    }

    /** @throws IllegalArgumentException when these are no packed bytes, or more than any entry has */
    public static byte[] unpack(byte[] packed) {
        if (packed.length < 2 || packed[0] != FIRST) {
            throw new IllegalArgumentException("not packed with a known dictionary");
        }
        try (Inflater inflater = new Inflater(true)) {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            byte[] part = new byte[4_096];
            int size = inflater.inflate(part);
            if (inflater.finished()) {
                return Arrays.copyOf(part, size);
            }
            ByteArrayOutputStream whole = new ByteArrayOutputStream(4 * part.length);
            while (true) {
                whole.write(part, 0, size);
                if (inflater.finished()) {
                    return whole.toByteArray();
                }
                // what was read may be all there is, and still be more than what fitted into one part
                size = inflater.inflate(part);
                if (size == 0 && !inflater.finished() || whole.size() > MOST) {
                    throw new IllegalArgumentException("packed bytes that end too early or never");
                }
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not packed bytes", e);
        }
    }

    /** The content of a row with {@link #COLUMNS}, as bytes that were digested. */
    public static byte[] bytes(ResultSet row) throws SQLException {
        byte[] packed = row.getBytes("packed");
        // a text as it lies there: its bytes are what was digested, and they need not become characters first
        return packed == null ? row.getBytes("content") : unpack(packed);
    }

    /** The content of a row with {@link #COLUMNS}. */
    public static String content(ResultSet row) throws SQLException {
        byte[] packed = row.getBytes("packed");
        return packed == null ? row.getString("content") : new String(unpack(packed), StandardCharsets.UTF_8);
    }
}
