package org.heshi.boot.keeping;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A copy of one file, compressed by gzip, with size and SHA-256 of the content in gzip's own comment: a single file, written whole or not at all,
 * that tells whether it is still what it was. Any {@code gzip -d} opens it.
 */
final class Sealed {

    static final String ENDING = ".gz";
    private static final Pattern COMMENT = Pattern.compile("heshi size=(\\d{1,18}) sha256=([0-9a-f]{64})");

    private Sealed() {
    }

    /** Writes the copy under its name. @throws IOException also when the file changed meanwhile */
    static Sums write(Path from, Path to, boolean compress) throws IOException {
        Sums before = Sums.of(from);
        Path part = Disk.file(to.resolveSibling("." + to.getFileName() + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part"));
        try {
            GzipParameters parameters = new GzipParameters();
            parameters.setComment("heshi size=" + before.size() + " sha256=" + before.sha256());
            parameters.setCompressionLevel(compress ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
            parameters.setBufferSize(1 << 16);
            Sums written;
            try (InputStream in = Files.newInputStream(from);
                    Sums.Counting out = new Sums.Counting(new GzipCompressorOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16), parameters))) {
                in.transferTo(out);
                written = out.sums();
            }
            if (!written.equals(before)) {
                throw new IOException(from + " changed while it was copied");
            }
            Disk.sync(part);
            Disk.name(part, to);
            return written;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What its header says that it holds. */
    static Sums header(Path sealed) throws IOException {
        try (GzipCompressorInputStream in = open(sealed)) {
            return promised(sealed, in);
        }
    }

    /** Writes the content out. @throws Damaged when it is not what was sealed; what was written then is worth nothing */
    static Sums read(Path sealed, OutputStream to) throws IOException {
        try (GzipCompressorInputStream in = open(sealed)) {
            Sums promised = promised(sealed, in);
            Sums.Counting out = new Sums.Counting(to);
            byte[] some = new byte[1 << 16];
            for (int read = next(sealed, in, some); read >= 0; read = next(sealed, in, some)) {
                out.write(some, 0, read);
            }
            out.flush();
            if (!out.sums().equals(promised)) {
                throw new Damaged(sealed, "its content is not what was put in");
            }
            return promised;
        }
    }

    private static int next(Path sealed, InputStream in, byte[] some) throws IOException {
        try {
            return in.read(some);
        } catch (IOException e) {
            throw new Damaged(sealed, e instanceof EOFException ? "its end is missing" : String.valueOf(e.getMessage()));
        }
    }

    private static GzipCompressorInputStream open(Path sealed) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(sealed), 1 << 16);
        try {
            return new GzipCompressorInputStream(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            file.close();
            throw new Damaged(sealed, "it does not begin as it should");
        }
    }

    private static Sums promised(Path sealed, GzipCompressorInputStream in) throws Damaged {
        String comment = in.getMetaData().getComment();
        Matcher said = COMMENT.matcher(comment == null ? "" : comment);
        if (!said.matches()) {
            throw new Damaged(sealed, "it does not begin as it should");
        }
        return new Sums(Long.parseLong(said.group(1)), said.group(2));
    }
}
