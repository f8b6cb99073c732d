package org.heshi.matters.log;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A content out of which was taken what stands between two quotation marks and is not made of words: an id, a digest, a commitment, a number of a matter, a time. In its place stands
 * a control character, which canonical JSON never holds, and it lies behind in as few bytes as it has, one after another; what the row says lies nowhere.
 * A string is taken only when exactly that string comes out again.
 *
 * @param behind what was taken, in the order of its places
 */
record Taken(String rest, byte[] behind) {

    private static final char ID = 1;
    private static final char DIGEST = 2;
    private static final char COMMITMENT = 3;
    private static final char MATTER = 4;
    private static final char UNIT = 5;
    private static final char POST = 6;
    private static final char PERSON = 7;
    private static final char HELD_BY = 8;
    private static final char RECORDED_AT = 11;
    private static final char NUMBER = 12;
    /** Seconds of the epoch. */
    private static final char SECOND = 14;
    /** Thousandths of seconds of the epoch. */
    private static final char INSTANT = 15;
    /** The digest that stands before a chain. */
    private static final char NOTHING = 16;

    private static final String ZEROS = "0".repeat(64);
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 13;

    /** @return empty when it holds control characters itself: then it is no canonical JSON */
    static Optional<Taken> out(String content, Packed.Row row) {
        StringBuilder rest = new StringBuilder(content.length());
        ByteArrayOutputStream behind = new ByteArrayOutputStream(256);
        int done = 0;
        int open = content.indexOf('"');
        while (open >= 0) {
            int close = content.indexOf('"', open + 1);
            if (close < 0) {
                break;
            }
            char place = close - open < DIGITS ? 0 : take(content.substring(open + 1, close), row, behind);
            if (place != 0) {
                rest.append(content, done, open + 1).append(place);
                done = close;
            }
            // what stands between two strings is looked at like a string: where a word has a quotation mark in it, no care is needed for which is which
            open = place == 0 ? close : content.indexOf('"', close + 1);
        }
        rest.append(content, done, content.length());
        return content.chars().anyMatch(c -> c < ' ') ? Optional.empty() : Optional.of(new Taken(rest.toString(), behind.toByteArray()));
    }

    /** @return the place of what was taken; 0 when it is left */
    private static char take(String said, Packed.Row row, ByteArrayOutputStream behind) {
        return switch (said.length()) {
            case 36 -> id(said, row, behind);
            case 64 -> said.equals(ZEROS) ? NOTHING : hex(said) ? put(DIGEST, HEX.parseHex(said), behind) : 0;
            case 43 -> commitment(said, behind);
            case DIGITS -> number(said, behind);
            case 20, 24 -> time(said, row, behind);
            default -> 0;
        };
    }

    private static char put(char place, byte[] bytes, ByteArrayOutputStream behind) {
        behind.writeBytes(bytes);
        return place;
    }

    private static boolean hex(String said) {
        return said.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static char id(String said, Packed.Row row, ByteArrayOutputStream behind) {
        UUID id;
        try {
            id = UUID.fromString(said);
        } catch (IllegalArgumentException e) {
            return 0;
        }
        if (!id.toString().equals(said)) {
            return 0;
        }
        return id.equals(row.matter()) ? MATTER : id.equals(row.unit()) ? UNIT : id.equals(row.post()) ? POST : id.equals(row.person()) ? PERSON
                : id.equals(row.heldBy()) ? HELD_BY
                : put(ID, ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array(), behind);
    }

    private static char commitment(String said, ByteArrayOutputStream behind) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(said);
            return bytes.length == 32 && base64(bytes).equals(said) ? put(COMMITMENT, bytes, behind) : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static char number(String said, ByteArrayOutputStream behind) {
        return said.chars().allMatch(c -> c >= '0' && c <= '9') ? put(NUMBER, six(Long.parseLong(said)), behind) : 0;
    }

    private static byte[] six(long value) {
        byte[] bytes = new byte[6];
        ByteBuffer.allocate(8).putLong(value).get(2, bytes);
        return bytes;
    }

    private static char time(String said, Packed.Row row, ByteArrayOutputStream behind) {
        if (said.charAt(4) != '-' || said.charAt(10) != 'T' || said.charAt(said.length() - 1) != 'Z') {
            return 0;
        }
        Instant at;
        try {
            at = Instant.parse(said);
        } catch (DateTimeException e) {
            return 0;
        }
        if (!at.toString().equals(said)) {
            return 0;
        }
        if (at.equals(row.recordedAt())) {
            return RECORDED_AT;
        }
        long second = at.getEpochSecond();
        return at.getNano() == 0 && second >= 0 && second < 1L << 32 ? put(SECOND, ByteBuffer.allocate(4).putInt((int) second).array(), behind)
                : second >= 0 && at.getNano() % 1_000_000 == 0 && at.toEpochMilli() < 1L << 48 ? put(INSTANT, six(at.toEpochMilli()), behind) : 0;
    }

    /** The content again. @throws IllegalArgumentException when these do not belong together */
    static byte[] in(byte[] rest, byte[] behind, Packed.Row row) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(rest.length + 3 * behind.length);
        ByteBuffer left = ByteBuffer.wrap(behind);
        int done = 0;
        try {
            for (int i = 0; i < rest.length; i++) {
                if (rest[i] >= 0 && rest[i] < ' ') {
                    whole.write(rest, done, i - done);
                    whole.writeBytes(said((char) rest[i], left, row).getBytes(StandardCharsets.ISO_8859_1));
                    done = i + 1;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("packed bytes that end too early", e);
        }
        if (left.hasRemaining()) {
            throw new IllegalArgumentException("more than was taken out");
        }
        whole.write(rest, done, rest.length - done);
        return whole.toByteArray();
    }

    private static String said(char place, ByteBuffer left, Packed.Row row) {
        return switch (place) {
            case ID -> new UUID(left.getLong(), left.getLong()).toString();
            case DIGEST -> HEX.formatHex(bytes(left));
            case COMMITMENT -> base64(bytes(left));
            case MATTER -> of(row.matter());
            case UNIT -> of(row.unit());
            case POST -> of(row.post());
            case PERSON -> of(row.person());
            case HELD_BY -> of(row.heldBy());
            case RECORDED_AT -> of(row.recordedAt());
            case NUMBER -> digits(six(left));
            case SECOND -> Instant.ofEpochSecond(Integer.toUnsignedLong(left.getInt())).toString();
            case INSTANT -> Instant.ofEpochMilli(six(left)).toString();
            case NOTHING -> ZEROS;
            default -> throw new IllegalArgumentException("not what was taken out of any content");
        };
    }

    private static String of(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("the row does not say what the content leaves to it");
        }
        return value.toString();
    }

    private static byte[] bytes(ByteBuffer left) {
        byte[] bytes = new byte[32];
        left.get(bytes);
        return bytes;
    }

    private static long six(ByteBuffer left) {
        return (long) (left.getShort() & 0xffff) << 32 | left.getInt() & 0xffff_ffffL;
    }

    private static String digits(long value) {
        String digits = Long.toString(value);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }
}
