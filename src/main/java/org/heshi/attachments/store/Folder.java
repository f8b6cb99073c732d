package org.heshi.attachments.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heshi.secrets.KeyRing;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The folder of files, beside the database and never under anything that is served as it lies. Each file lies under a key of its own; a mark and the id
 * of the key stand before it. What lies there from before there were keys begins as pictures do.
 */
@Component
public class Folder {

    private static final Pattern PICTURE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final byte[] MARK = {'H', 'S', 'F', 1};
    private static final int HEADER = MARK.length + 16;

    /** Nobody writes a file again while it is being deleted. */
    private final Object[] locks = Stream.generate(Object::new).limit(64).toArray();
    private final Path root;
    private final KeyRing keys;
    private final InstantSource clock;

    Folder(@Value("${heshi.data}") Path data, KeyRing keys, InstantSource clock) {
        this.root = data.toAbsolutePath().resolve("files");
        this.keys = keys;
        this.clock = clock;
    }

    /** Where the bytes of a file lie; its last two digits spread the files evenly, its first ones are the time. */
    Path picture(UUID id) {
        return path(id, "");
    }

    Path thumb(UUID id) {
        return path(id, ".thumb");
    }

    private Path original(UUID id) {
        return path(id, ".original");
    }

    private Path path(UUID id, String what) {
        String name = id.toString();
        return root.resolve(name.substring(name.length() - 2)).resolve(name + what);
    }

    /** @return empty when there is none, or its key was destroyed */
    public Optional<byte[]> read(UUID id, boolean small) throws IOException {
        Path file = small ? thumb(id) : picture(id);
        try {
            return open(file, Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Writes a picture and its small one under a fresh key. */
    void write(UUID id, byte[] picture, byte[] thumb) throws IOException {
        UUID key = keys.fresh();
        write(picture(id), sealed(key, picture(id), picture));
        write(thumb(id), sealed(key, thumb(id), thumb));
    }

    /** Writes what was sent in, under another key than its picture: it may go earlier. */
    void writeOriginal(UUID id, byte[] bytes) throws IOException {
        write(original(id), sealed(keys.fresh(), original(id), bytes));
    }

    /** @return empty when it is not kept */
    public Optional<byte[]> readOriginal(UUID id) throws IOException {
        try {
            return open(original(id), Files.readAllBytes(original(id)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    void deleteOriginal(UUID id) throws IOException {
        Optional<UUID> key = keyOf(original(id));
        if (key.isPresent()) {
            keys.destroy(Set.of(key.get()), clock.instant());
        }
        Files.deleteIfExists(original(id));
    }

    private byte[] sealed(UUID key, Path file, byte[] clear) {
        byte[] sealed = keys.find(key).orElseThrow().seal(clear, bound(file));
        return ByteBuffer.allocate(HEADER + sealed.length).put(MARK).putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()).put(sealed).array();
    }

    private Optional<byte[]> open(Path file, byte[] bytes) {
        Optional<UUID> key = key(bytes);
        return key.isEmpty() ? Optional.of(bytes)
                : keys.find(key.get()).map(sealer -> sealer.open(Arrays.copyOfRange(bytes, HEADER, bytes.length), bound(file)));
    }

    /** Empty when it lies in clear. */
    private static Optional<UUID> key(byte[] bytes) {
        if (bytes.length < HEADER || !Arrays.equals(MARK, Arrays.copyOf(bytes, MARK.length))) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, MARK.length, 16);
        return Optional.of(new UUID(header.getLong(), header.getLong()));
    }

    private static Optional<UUID> keyOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return key(in.readNBytes(HEADER));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** A file opens under its own name only. */
    private static byte[] bound(Path file) {
        return file.getFileName().toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Brings what lies in clear from before there were keys under seal, and takes away what was erased and came back with a backup.
     *
     * @return how many files were sealed or taken away
     */
    int mend() throws IOException {
        int mended = 0;
        if (!Files.isDirectory(root)) {
            return mended;
        }
        try (Stream<Path> all = Files.walk(root, 2)) {
            for (Path file : (Iterable<Path>) all.filter(path -> PICTURE.matcher(path.getFileName().toString()).matches())::iterator) {
                UUID id = UUID.fromString(file.getFileName().toString());
                synchronized (lock(id)) {
                    mended += mend(id, file);
                }
            }
        }
        return mended;
    }

    private Object lock(UUID id) {
        return locks[Math.floorMod(id.hashCode(), locks.length)];
    }

    private int mend(UUID id, Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        Optional<UUID> key = keyOf(file);
        if (key.isEmpty()) {
            UUID fresh = keys.fresh();
            // the small one first: it lies in clear as long as the picture does
            if (Files.exists(thumb(id))) {
                write(thumb(id), sealed(fresh, thumb(id), open(thumb(id), Files.readAllBytes(thumb(id))).orElseThrow()));
            }
            write(file, sealed(fresh, file, Files.readAllBytes(file)));
            return 1;
        }
        if (!keys.destroyed(List.of(key.get())).isEmpty()) {
            delete(id);
            return 1;
        }
        return 0;
    }

    /** Writes so that after a crash the file is whole or not there: another name, to the disk, then the right name, then the folder to the disk. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), ".new-", null);
        try {
            try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Its key goes first: from then on it opens nowhere, also where a backup holds it. */
    void delete(UUID id) throws IOException {
        synchronized (lock(id)) {
            forget(id);
        }
    }

    private void forget(UUID id) throws IOException {
        Set<UUID> used = new HashSet<>();
        keyOf(picture(id)).ifPresent(used::add);
        keyOf(thumb(id)).ifPresent(used::add);
        if (!used.isEmpty()) {
            keys.destroy(used, clock.instant());
        }
        Files.deleteIfExists(picture(id));
        Files.deleteIfExists(thumb(id));
        deleteOriginal(id);
    }
}
