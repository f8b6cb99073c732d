package org.heshi.attachments.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heshi.attachments.SealedFiles;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.Sealer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A mark, the id of the key, then pieces of a quarter of a megabyte, each sealed with its place and whether it is the last: none can be changed, left
 * out, moved or cut off.
 */
@Component
class KeptForOthers implements SealedFiles {

    private static final Pattern KEPT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.kept");
    private static final byte[] MARK = {'H', 'S', 'F', 2};
    private static final int PIECE = 256 * 1024;
    private static final int MOST_SEALED = PIECE + 64;
    private static final int AT_ONCE = 500;

    private final Path root;
    private final KeyRing keys;
    private final InstantSource clock;

    KeptForOthers(@Value("${heshi.data}") Path data, KeyRing keys, InstantSource clock) {
        this.root = data.toAbsolutePath().resolve("files");
        this.keys = keys;
        this.clock = clock;
    }

    private Path path(UUID id) {
        String name = id.toString();
        return root.resolve(name.substring(name.length() - 2)).resolve(name + ".kept");
    }

    @Override
    public void write(UUID id, Writing writing) throws IOException {
        Path file = path(id);
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), ".new-", null);
        UUID key = keys.fresh();
        boolean whole = false;
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                OutputStream raw = Channels.newOutputStream(channel);
                raw.write(ByteBuffer.allocate(MARK.length + 16).put(MARK).putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()).array());
                Pieces pieces = new Pieces(raw, keys.find(key).orElseThrow(), id);
                writing.to(pieces);
                pieces.finish();
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            whole = true;
        } finally {
            Files.deleteIfExists(unfinished);
            if (!whole) {
                keys.destroy(Set.of(key), clock.instant());
            }
        }
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public Optional<InputStream> read(UUID id) throws IOException {
        InputStream raw;
        try {
            raw = Files.newInputStream(path(id));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        boolean given = false;
        try {
            Optional<Sealer> sealer = keys.find(key(raw.readNBytes(MARK.length + 16)));
            if (sealer.isEmpty()) {
                return Optional.empty();
            }
            given = true;
            return Optional.of(new Opened(raw, sealer.get(), id));
        } finally {
            if (!given) {
                raw.close();
            }
        }
    }

    private static UUID key(byte[] header) {
        if (header.length < MARK.length + 16 || !Arrays.equals(MARK, Arrays.copyOf(header, MARK.length))) {
            throw new BrokenSeal("a kept file does not begin as one", new EOFException());
        }
        ByteBuffer id = ByteBuffer.wrap(header, MARK.length, 16);
        return new UUID(id.getLong(), id.getLong());
    }

    @Override
    public void forget(UUID id) throws IOException {
        Path file = path(id);
        try (InputStream raw = Files.newInputStream(file)) {
            keys.destroy(Set.of(key(raw.readNBytes(MARK.length + 16))), clock.instant());
        } catch (NoSuchFileException _) {
            return;
        }
        Files.deleteIfExists(file);
    }

    @Override
    public int forgetUnknown(Instant before, Function<Collection<UUID>, Set<UUID>> known) throws IOException {
        int forgotten = 0;
        List<UUID> some = new ArrayList<>(AT_ONCE);
        for (Path file : all()) {
            if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                some.add(id(file));
            }
            if (some.size() == AT_ONCE) {
                forgotten += forgetUnknown(some, known);
                some.clear();
            }
        }
        return forgotten + forgetUnknown(some, known);
    }

    private int forgetUnknown(List<UUID> some, Function<Collection<UUID>, Set<UUID>> known) throws IOException {
        Set<UUID> unknown = new HashSet<>(some);
        if (!some.isEmpty()) {
            unknown.removeAll(known.apply(List.copyOf(some)));
        }
        for (UUID id : unknown) {
            forget(id);
        }
        return unknown.size();
    }

    /** Takes away what was forgotten and came back with a backup. @return how many */
    int mend() throws IOException {
        int gone = 0;
        for (Path file : all()) {
            UUID key;
            try (InputStream raw = Files.newInputStream(file)) {
                key = key(raw.readNBytes(MARK.length + 16));
            } catch (NoSuchFileException _) {
                continue;
            }
            if (!keys.destroyed(List.of(key)).isEmpty()) {
                Files.deleteIfExists(file);
                gone++;
            }
        }
        return gone;
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root, 2)) {
            return all.filter(path -> KEPT.matcher(path.getFileName().toString()).matches()).toList();
        }
    }

    private static UUID id(Path file) {
        return UUID.fromString(file.getFileName().toString().substring(0, 36));
    }

    private static byte[] bound(UUID id, long piece, boolean last) {
        return (id + "." + piece + (last ? " last" : "")).getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Pieces extends OutputStream {

        private final OutputStream raw;
        private final Sealer sealer;
        private final UUID id;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private long count;

        Pieces(OutputStream raw, Sealer sealer, UUID id) {
            this.raw = raw;
            this.sealer = sealer;
            this.id = id;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (filled == PIECE) {
                    put(false);
                }
                int now = Math.min(left, PIECE - filled);
                System.arraycopy(bytes, at, piece, filled, now);
                filled += now;
                at += now;
                left -= now;
            }
        }

        void finish() throws IOException {
            put(true);
        }

        private void put(boolean last) throws IOException {
            byte[] sealed = sealer.seal(Arrays.copyOf(piece, filled), bound(id, count++, last));
            raw.write(ByteBuffer.allocate(Integer.BYTES + 1).putInt(sealed.length).put((byte) (last ? 1 : 0)).array());
            raw.write(sealed);
            filled = 0;
        }
    }

    private static final class Opened extends InputStream {

        private final DataInputStream raw;
        private final Sealer sealer;
        private final UUID id;
        private byte[] piece = new byte[0];
        private int at;
        private long count;
        private boolean last;

        Opened(InputStream raw, Sealer sealer, UUID id) {
            this.raw = new DataInputStream(raw);
            this.sealer = sealer;
            this.id = id;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == piece.length) {
                if (last) {
                    return -1;
                }
                next();
            }
            int now = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, from, now);
            at += now;
            return now;
        }

        private void next() throws IOException {
            try {
                int length = raw.readInt();
                last = raw.readByte() == 1;
                if (length < 0 || length > MOST_SEALED) {
                    throw new EOFException("a piece of " + length + " bytes");
                }
                byte[] sealed = new byte[length];
                raw.readFully(sealed);
                piece = sealer.open(sealed, bound(id, count++, last));
                at = 0;
            } catch (EOFException e) {
                throw new BrokenSeal("a kept file was cut off", e);
            }
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
