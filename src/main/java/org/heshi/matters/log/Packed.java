package org.heshi.matters.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The content of an entry as it lies in the database. What no compression shortens, digests, ids and times, is taken out of it and lies behind it as it is, or not
 * at all where the entry's row has it; the rest is DEFLATE (RFC 1951) with a dictionary of what entries say again and again ({@link Taken}). Unpacked, it is to the last
 * byte what was digested.
 *
 * <p>Entries of before are read as they were written: as text, or packed whole. The dictionaries never change: what was packed with them could not be read any more.
 */
public final class Packed {

    /** To be selected, from {@code matters.entry e}, for {@link #content} and {@link #bytes}. */
    public static final String COLUMNS = "e.content, e.packed, e.matter, e.actor_unit, e.actor_post, e.actor_person, e.held_by, e.recorded_at";

    /** Packed whole. */
    private static final byte FIRST = 1;
    /** Without what lies behind it. */
    private static final byte SECOND = 2;
    private static final byte[] OLDER = dictionary("/log/entry-1.dictionary");
    private static final byte[] DICTIONARY = dictionary("/log/entry-2.dictionary");
    /** An entry names at most some hundred units, parties and clauses. */
    private static final int MOST = 16 << 20;

    private Packed() {
    }

    /** What the row of an entry says beside its content, so that the content need not hold it again. */
    public record Row(@Nullable UUID matter, @Nullable UUID unit, @Nullable UUID post, @Nullable UUID person, @Nullable UUID heldBy, @Nullable Instant recordedAt) {

        static final Row NOTHING = new Row(null, null, null, null, null, null);

        private static Row of(ResultSet r) throws SQLException {
            OffsetDateTime at = r.getObject("recorded_at", OffsetDateTime.class);
            return new Row(r.getObject("matter", UUID.class), r.getObject("actor_unit", UUID.class), r.getObject("actor_post", UUID.class),
                    r.getObject("actor_person", UUID.class), r.getObject("held_by", UUID.class), at == null ? null : at.toInstant());
        }
    }

    private static byte[] dictionary(String name) {
        try (InputStream in = Packed.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packed so that it needs no row to be read. */
    public static byte[] pack(String content) {
        return pack(content, Row.NOTHING);
    }

    /** @param row what stands beside it and never changes */
    public static byte[] pack(String content, Row row) {
        Optional<Taken> taken = Taken.out(content, row);
        byte[] bytes = taken.map(Taken::rest).orElse(content).getBytes(StandardCharsets.UTF_8);
        byte[] behind = taken.map(Taken::behind).orElse(new byte[0]);
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setDictionary(taken.isPresent() ? DICTIONARY : OLDER);
            deflater.setInput(bytes);
            deflater.finish();
            // what cannot be made shorter grows by a few bytes a block
            byte[] packed = new byte[bytes.length + bytes.length / 1_000 + 64 + behind.length];
            packed[0] = taken.isPresent() ? SECOND : FIRST;
            int size = 1;
            while (!deflater.finished()) {
                size += deflater.deflate(packed, size, packed.length - behind.length - size);
            }
            System.arraycopy(behind, 0, packed, size, behind.length);
            return Arrays.copyOf(packed, size + behind.length);
        }
    }

    /** What was packed without a row. */
    public static byte[] unpack(byte[] packed) {
        return unpack(packed, Row.NOTHING);
    }

    /** @throws IllegalArgumentException when these are no packed bytes, or more than any entry has, or not those of this row */
    public static byte[] unpack(byte[] packed, Row row) {
        if (packed.length < 2 || packed[0] != FIRST && packed[0] != SECOND) {
            throw new IllegalArgumentException("not packed with a known dictionary");
        }
        try (Inflater inflater = new Inflater(true)) {
            inflater.setDictionary(packed[0] == FIRST ? OLDER : DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            byte[] rest = inflated(inflater);
            return packed[0] == FIRST ? rest : Taken.in(rest, Arrays.copyOfRange(packed, packed.length - inflater.getRemaining(), packed.length), row);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not packed bytes", e);
        }
    }

    private static byte[] inflated(Inflater inflater) throws DataFormatException {
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
    }

    /** The content of a row with {@link #COLUMNS}, as bytes that were digested. */
    public static byte[] bytes(ResultSet row) throws SQLException {
        byte[] packed = row.getBytes("packed");
        // a text as it lies there: its bytes are what was digested, and they need not become characters first
        return packed == null ? row.getBytes("content") : unpack(packed, Row.of(row));
    }

    /** The content of a row with {@link #COLUMNS}. */
    public static String content(ResultSet row) throws SQLException {
        byte[] packed = row.getBytes("packed");
        return packed == null ? row.getString("content") : new String(unpack(packed, Row.of(row)), StandardCharsets.UTF_8);
    }
}
