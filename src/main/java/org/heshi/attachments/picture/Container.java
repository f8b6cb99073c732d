package org.heshi.attachments.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A file taken apart without decoding a single pixel: its format, its size in pixels, how the camera was held, and only those of its bytes that
 * draw the picture. What is cut off, padded with something else, or bigger than its header says is noticed here.
 *
 * @param bytes       the picture alone: no text, profile, thumbnail or anything after its end
 * @param orientation 1 to 8 as EXIF counts (CIPA DC-008, tag 0x0112)
 */
record Container(Format format, byte[] bytes, int width, int height, int orientation) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> DRAWS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    /** A progressive picture has some ten scans; hundreds are made to burn the processor. */
    private static final int MOST_SCANS = 100;

    static Container of(byte[] file) throws NotAPicture {
        if (starts(file, 0, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF)) {
            return jpeg(file);
        }
        if (file.length >= 8 && Arrays.equals(file, 0, 8, PNG, 0, 8)) {
            return png(file);
        }
        if (file.length >= 12 && ascii(file, 0, 4).equals("RIFF") && ascii(file, 8, 4).equals("WEBP")) {
            return webp(file);
        }
        if (file.length >= 12 && ascii(file, 4, 4).equals("ftyp") && Set.of("heic", "heix", "hevc", "mif1", "msf1", "avif").contains(ascii(file, 8, 4))) {
            throw NotAPicture.because("file-heic");
        }
        throw NotAPicture.because("file-not-a-picture");
    }

    long pixels() {
        return (long) width * height;
    }

    /** PNG (ISO/IEC 15948): chunks with lengths and checks up to IEND. Only what draws is taken over, so text chunks never get unpacked. */
    private static Container png(byte[] file) throws NotAPicture {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 8);
        int at = 8;
        int width = 0;
        int height = 0;
        boolean data = false;
        while (true) {
            if (at + 12L > file.length) {
                throw NotAPicture.because("file-cut-off");
            }
            long length = u32(file, at);
            String type = ascii(file, at + 4, 4);
            if (length > Integer.MAX_VALUE - 12 || at + 12 + length > file.length) {
                throw NotAPicture.because("file-cut-off");
            }
            int size = (int) length + 12;
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, (int) length + 4);
            if (crc.getValue() != u32(file, at + 8 + (int) length)) {
                throw NotAPicture.because("file-damaged");
            }
            if (at == 8) {
                if (!type.equals("IHDR") || length != 13) {
                    throw NotAPicture.because("file-damaged");
                }
                width = positive(u32(file, at + 8));
                height = positive(u32(file, at + 12));
            }
            if (DRAWS.contains(type)) {
                out.write(file, at, size);
            }
            data |= type.equals("IDAT");
            at += size;
            if (type.equals("IEND")) {
                break;
            }
        }
        if (!data) {
            throw NotAPicture.because("file-damaged");
        }
        return new Container(Format.PNG, out.toByteArray(), width, height, 1);
    }

    /** JPEG (ITU-T T.81): segments up to the end of the image; what cameras and others hang on after it stays behind. */
    private static Container jpeg(byte[] file) throws NotAPicture {
        int at = 2;
        int width = 0;
        int height = 0;
        int orientation = 1;
        int scans = 0;
        while (true) {
            if (at + 1 >= file.length) {
                throw NotAPicture.because("file-cut-off");
            }
            if ((file[at] & 0xFF) != 0xFF) {
                throw NotAPicture.because("file-damaged");
            }
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == 0xD9) {
                at += 2;
                break;
            }
            if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                at += 2;
                continue;
            }
            if (at + 4 > file.length) {
                throw NotAPicture.because("file-cut-off");
            }
            int length = u16(file, at + 2);
            if (length < 2 || at + 2 + length > file.length) {
                throw NotAPicture.because(length < 2 ? "file-damaged" : "file-cut-off");
            }
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame && length >= 8) {
                height = Math.max(height, u16(file, at + 5));
                width = Math.max(width, u16(file, at + 7));
            }
            if (marker == 0xE1 && length >= 16 && ascii(file, at + 4, 6).equals("Exif\0\0")) {
                orientation = Exif.orientation(file, at + 10, at + 2 + length);
            }
            at += 2 + length;
            if (marker == 0xDA) {
                if (++scans > MOST_SCANS) {
                    throw NotAPicture.because("file-damaged");
                }
                at = afterScan(file, at);
            }
        }
        if (scans == 0) {
            throw NotAPicture.because("file-damaged");
        }
        return new Container(Format.JPEG, Arrays.copyOf(file, at), positive(width), positive(height), orientation);
    }

    private static int afterScan(byte[] file, int from) throws NotAPicture {
        for (int at = from; at + 1 < file.length; at++) {
            if ((file[at] & 0xFF) == 0xFF) {
                int next = file[at + 1] & 0xFF;
                if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    return at;
                }
            }
        }
        throw NotAPicture.because("file-cut-off");
    }

    /** WebP (RFC 9649): the greatest size that any of its headers names counts, so that none can hide a bigger picture. */
    private static Container webp(byte[] file) throws NotAPicture {
        long end = 8 + little32(file, 4);
        if (end > file.length || end < 20) {
            throw NotAPicture.because("file-cut-off");
        }
        int width = 0;
        int height = 0;
        int orientation = 1;
        boolean data = false;
        for (long at = 12; at + 8 <= end; ) {
            int p = (int) at;
            String type = ascii(file, p, 4);
            long length = little32(file, p + 4);
            if (at + 8 + length > end) {
                throw NotAPicture.because("file-cut-off");
            }
            int body = p + 8;
            switch (type) {
                case "VP8X" -> {
                    if (length >= 10) {
                        width = Math.max(width, 1 + little24(file, body + 4));
                        height = Math.max(height, 1 + little24(file, body + 7));
                    }
                }
                case "VP8 " -> {
                    if (length < 10 || !starts(file, body + 3, (byte) 0x9D, (byte) 0x01, (byte) 0x2A)) {
                        throw NotAPicture.because("file-damaged");
                    }
                    width = Math.max(width, little16(file, body + 6) & 0x3FFF);
                    height = Math.max(height, little16(file, body + 8) & 0x3FFF);
                    data = true;
                }
                case "VP8L" -> {
                    if (length < 5 || file[body] != 0x2F) {
                        throw NotAPicture.because("file-damaged");
                    }
                    long bits = little32(file, body + 1);
                    width = Math.max(width, 1 + (int) (bits & 0x3FFF));
                    height = Math.max(height, 1 + (int) (bits >> 14 & 0x3FFF));
                    data = true;
                }
                case "ANIM", "ANMF" -> throw NotAPicture.because("file-moving");
                case "EXIF" -> {
                    int start = length > 6 && ascii(file, body, 6).equals("Exif\0\0") ? body + 6 : body;
                    orientation = Exif.orientation(file, start, (int) (body + length));
                }
                default -> {
                    // Profiles and texts are of no use here.
                }
            }
            at += 8 + length + (length & 1);
        }
        if (!data) {
            throw NotAPicture.because("file-damaged");
        }
        return new Container(Format.WEBP, Arrays.copyOf(file, (int) end), positive(width), positive(height), orientation);
    }

    private static int positive(long n) throws NotAPicture {
        if (n < 1 || n > Integer.MAX_VALUE) {
            throw NotAPicture.because("file-damaged");
        }
        return (int) n;
    }

    private static boolean starts(byte[] file, int at, byte... with) {
        return file.length >= at + with.length && Arrays.equals(file, at, at + with.length, with, 0, with.length);
    }

    private static String ascii(byte[] file, int at, int length) {
        return new String(file, at, length, StandardCharsets.ISO_8859_1);
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    private static long u32(byte[] b, int at) {
        return (long) u16(b, at) << 16 | u16(b, at + 2);
    }

    private static int little16(byte[] b, int at) {
        return (b[at + 1] & 0xFF) << 8 | b[at] & 0xFF;
    }

    private static int little24(byte[] b, int at) {
        return (b[at + 2] & 0xFF) << 16 | little16(b, at);
    }

    private static long little32(byte[] b, int at) {
        return (long) little16(b, at + 2) << 16 | little16(b, at);
    }
}
