package org.heshi.documents.render;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.heshi.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The fonts of papers: those that ship, and TrueType fonts of the county's own for what is rarer still. A font that was read is used by one paper at a
 * time, so there are as many of each as papers are made at once, and no more papers are made at once than there are processors.
 */
@Component
public class Fonts {

    /** The first one that has a character prints it. */
    private static final List<String> SHIPPED = List.of("song", "latin", "rare");
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final List<Path> more;
    private final Semaphore atOnce = new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4), true);
    private final ConcurrentLinkedQueue<List<TrueTypeFont>> idle = new ConcurrentLinkedQueue<>();
    private final Object reading = new Object();
    private volatile @Nullable Read read;

    /** @param families names in their order */
    private record Read(List<String> families, BitSet has) {
    }

    Fonts(@Value("${heshi.fonts:}") String folder) {
        this.more = folder.isBlank() ? List.of() : listed(Path.of(folder.strip()).toAbsolutePath().normalize());
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> fonts = all.filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".ttf")).sorted().toList();
            for (Path font : fonts) {
                try (TrueTypeFont parsed = parsed(Files.readAllBytes(font))) {
                    if (parsed instanceof OpenTypeFont open && !open.isSupportedOTF() || parsed.getGlyph() == null) {
                        throw new IOException("it has no TrueType outlines");
                    }
                } catch (IOException e) {
                    throw CannotStart.because("HESHI_FONTS: " + font + " is no TrueType font that can be embedded (" + e.getMessage() + ").", e);
                }
            }
            return fonts;
        } catch (IOException e) {
            throw CannotStart.because("HESHI_FONTS: the folder " + folder + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    /** Characters of the text that no font has, each once, in the order of the text; line breaks and tabs are no characters. */
    public List<Integer> missing(String text) {
        BitSet has = read().has();
        return text.codePoints().filter(c -> c != '\n' && c != '\t' && !has.get(c)).distinct().boxed().toList();
    }

    /** What is done with the fonts while nobody else has these. */
    interface Work<T> {

        T with(List<TrueTypeFont> fonts, List<String> families) throws IOException;
    }

    <T> T use(Work<T> work) throws IOException {
        Read all = read();
        atOnce.acquireUninterruptibly();
        try {
            List<TrueTypeFont> fonts = idle.poll();
            if (fonts == null) {
                fonts = parsedAll();
            }
            T done = work.with(fonts, all.families());
            // after a failure nobody knows how they were left
            idle.add(fonts);
            return done;
        } finally {
            atOnce.release();
        }
    }

    private Read read() {
        Read known = read;
        if (known != null) {
            return known;
        }
        synchronized (reading) {
            if (read == null) {
                try {
                    read = readAll();
                } catch (IOException e) {
                    throw new IllegalStateException("the fonts of papers cannot be read", e);
                }
            }
            return Objects.requireNonNull(read);
        }
    }

    private List<TrueTypeFont> parsedAll() throws IOException {
        List<TrueTypeFont> fonts = new ArrayList<>();
        for (String name : SHIPPED) {
            try (InputStream in = new GZIPInputStream(new ClassPathResource("fonts/paper-" + name + ".ttf.gz").getInputStream())) {
                fonts.add(parsed(in.readNBytes(MOST_BYTES)));
            }
        }
        for (Path font : more) {
            fonts.add(parsed(Files.readAllBytes(font)));
        }
        return fonts;
    }

    private Read readAll() throws IOException {
        List<String> families = new ArrayList<>();
        SHIPPED.forEach(name -> families.add("heshi-" + name));
        more.forEach(_ -> families.add("heshi-more-" + families.size()));
        BitSet has = new BitSet(0x30000);
        List<TrueTypeFont> fonts = parsedAll();
        for (TrueTypeFont font : fonts) {
            CmapLookup glyphs = font.getUnicodeCmapLookup();
            for (int c = 0x20; c <= Character.MAX_CODE_POINT; c++) {
                if (glyphs.getGlyphId(c) > 0) {
                    has.set(c);
                }
            }
        }
        // what nobody sees, or what is no character of a text, is not printed, whatever a font says
        has.clear(0x7F, 0xA0);
        has.clear(0x200B, 0x2010);
        has.clear(0x202A, 0x202F);
        has.clear(0xE000, 0xF900);
        idle.add(fonts);
        return new Read(List.copyOf(families), has);
    }

    private static TrueTypeFont parsed(byte[] bytes) throws IOException {
        return new TTFParser().parse(new RandomAccessReadBuffer(bytes));
    }
}
