package org.heshi.attachments.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures for tests, good and wicked, made here and now. */
public final class SamplePictures {

    private SamplePictures() {
    }

    /** Left half red, right half blue, so that one sees how it was turned. */
    public static BufferedImage redAndBlue(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.RED);
        g.fillRect(0, 0, width / 2, height);
        g.setColor(Color.BLUE);
        g.fillRect(width / 2, 0, width - width / 2, height);
        g.dispose();
        return image;
    }

    public static byte[] jpeg(int width, int height) {
        return written("JPEG", redAndBlue(width, height));
    }

    public static byte[] png(int width, int height) {
        return written("PNG", redAndBlue(width, height));
    }

    /** One bit a point: many points in few bytes. */
    public static byte[] blackPng(int width, int height) {
        return written("PNG", new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY));
    }

    public static byte[] lossyWebp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    public static byte[] losslessWebp() {
        return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    }

    /** A JPEG as a telephone makes it: held sideways, with the place it was taken. */
    public static byte[] fromATelephone(int width, int height, int orientation) {
        byte[] plain = jpeg(width, height);
        ByteBuffer tiff = ByteBuffer.allocate(200);
        tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        tiff.putShort((short) 2);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
        tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
        tiff.putInt(0);
        tiff.put("GPS 29.7136N 120.2361E".getBytes(StandardCharsets.US_ASCII));
        byte[] body = java.util.Arrays.copyOf(tiff.array(), tiff.position());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        out.write(0xFF);
        out.write(0xE1);
        int length = 2 + 6 + body.length;
        out.write(length >> 8);
        out.write(length & 0xFF);
        out.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        out.write(plain, 2, plain.length - 2);
        return out.toByteArray();
    }

    /** A PNG whose header promises more than there is. */
    public static byte[] pngThatSays(int width, int height) {
        byte[] png = png(10, 10);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        return checked(png, 8);
    }

    /** With a chunk put in before the first data, its check right. */
    public static byte[] pngWith(String type, byte[] data) {
        byte[] png = png(10, 10);
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
        chunk.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        byte[] whole = ByteBuffer.allocate(png.length + chunk.capacity()).put(png, 0, 33).put(chunk.array()).put(png, 33, png.length - 33).array();
        return checked(whole, 33);
    }

    private static byte[] checked(byte[] png, int chunk) {
        int length = ByteBuffer.wrap(png).getInt(chunk);
        CRC32 crc = new CRC32();
        crc.update(png, chunk + 4, length + 4);
        ByteBuffer.wrap(png).putInt(chunk + 8 + length, (int) crc.getValue());
        return png;
    }

    private static byte[] written(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
