package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CivilTime;
import org.springframework.util.FileSystemUtils;

/**
 * All backups of one database in one folder, which bears the database's identity and, after a restore, the time of that: {@code base} (one folder a backup), {@code wal} (the archived log),
 * {@code files} (photos, each kept once for all backups), {@code keys} (each key that ever held), {@code arriving} (where the server puts its log). Whatever has its right name is whole.
 */
final class Vault {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss");
    private static final Pattern NAMED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d{6}");
    private static final String FILES_LIST = "files.list";
    static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    static final Pattern HISTORY = Pattern.compile("[0-9A-F]{8}\\.history");

    private final Path folder;

    /** One backup that is whole. */
    record Base(Path folder, Manifest manifest) {

        String name() {
            return folder.getFileName().toString();
        }

        Path filesList() {
            return folder.resolve(FILES_LIST);
        }
    }

    /** Backups that are whole, oldest first, and what is wrong with the others. */
    record Bases(List<Base> whole, List<String> damaged) {
    }

    Vault(Path root, String name) {
        this(root.resolve(name));
    }

    private Vault(Path folder) {
        this.folder = folder;
    }

    /** The one that a person means by this folder. @throws CannotStart when there is none, or more than one */
    static Vault find(Path given) throws IOException {
        if (Files.isDirectory(given.resolve("base"))) {
            return new Vault(given);
        }
        List<Path> all = Disk.list(given).stream().filter(entry -> Files.isDirectory(entry.resolve("base"))).toList();
        if (all.isEmpty()) {
            throw CannotStart.because("There is no backup in " + given + ".");
        }
        if (all.size() > 1) {
            List<String> each = new ArrayList<>();
            for (Path one : all) {
                List<Base> whole = new Vault(one).bases().whole();
                each.add("--from " + one + (whole.isEmpty() ? " (no whole backup)" : " (newest backup " + whole.getLast().name() + ")"));
            }
            throw CannotStart.because("Backups of " + all.size() + " databases are in " + given + ". Say which one:\n" + String.join("\n", each));
        }
        return new Vault(all.getFirst());
    }

    Path folder() {
        return folder;
    }

    Path wal() {
        return folder.resolve("wal");
    }

    Path files() {
        return folder.resolve("files");
    }

    Path keys() {
        return folder.resolve("keys");
    }

    Path arriving() {
        return folder.resolve("arriving");
    }

    void make() throws IOException {
        for (Path each : List.of(folder, folder.resolve("base"), wal(), files())) {
            Disk.folder(each);
        }
    }

    /** Keeps others from making a backup here at the same time; the operating system lets go when the process dies. */
    FileChannel alone() throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw CannotStart.because("Another backup into " + folder + " is under way: wait until it is done.");
        }
        return channel;
    }

    /** Throws away what killed backups left behind. Only with the lock. */
    void sweep() throws IOException {
        for (Path entry : Disk.list(folder.resolve("base"))) {
            if (!NAMED.matcher(entry.getFileName().toString()).matches()) {
                FileSystemUtils.deleteRecursively(entry);
            }
        }
    }

    /** A folder to make a backup in. It gets its name when it is whole. */
    Path begin(Instant now) throws IOException {
        Path part = folder.resolve("base").resolve(NAME.format(CivilTime.of(now)) + ".part");
        Disk.folder(part);
        Disk.folder(part.resolve("wal"));
        return part;
    }

    /** @return the folder under its right name */
    Path finish(Path part) throws IOException {
        String name = part.getFileName().toString();
        Path done = part.resolveSibling(name.substring(0, name.length() - ".part".length()));
        Disk.sync(part.resolve("wal"));
        Disk.sync(part);
        Disk.name(part, done);
        return done;
    }

    Bases bases() throws IOException {
        List<Base> whole = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Path entry : Disk.list(folder.resolve("base"))) {
            if (NAMED.matcher(entry.getFileName().toString()).matches()) {
                try {
                    whole.add(new Base(entry, Manifest.read(entry)));
                } catch (IOException e) {
                    damaged.add(e instanceof Damaged ? String.valueOf(e.getMessage()) : entry + " has no manifest");
                }
            }
        }
        whole.sort(java.util.Comparator.comparing((Base base) -> base.manifest().ended()).thenComparing(Base::name));
        return new Bases(whole, damaged);
    }

    /** The archived log: names of segments and histories, without the ending of their copies. */
    List<String> archived() throws IOException {
        return Disk.list(wal()).stream().map(file -> file.getFileName().toString()).filter(name -> name.endsWith(Sealed.ENDING) && !name.startsWith("."))
                .map(name -> name.substring(0, name.length() - Sealed.ENDING.length())).toList();
    }

    Path archived(String name) {
        return wal().resolve(name + Sealed.ENDING);
    }

    /** When the newest file of the log came in; the epoch when none did. */
    Instant newestOfLog() throws IOException {
        Instant newest = Instant.EPOCH;
        for (String name : archived()) {
            Instant at = Files.getLastModifiedTime(archived(name)).toInstant();
            newest = at.isAfter(newest) ? at : newest;
        }
        return newest;
    }

    /** Where a photo is kept. @param path below the data folder's {@code files} */
    Path file(String path) {
        return files().resolve(path + Sealed.ENDING);
    }

    /**
     * Deletes the oldest backups so that this many are left, the log before the first of those, and photos that none of them names and that came
     * before it. A backup loses its name first, so that a half-deleted one is none.
     */
    Optional<String> prune(int keep) throws IOException {
        List<Base> whole = bases().whole();
        if (whole.size() <= keep) {
            return Optional.empty();
        }
        List<Base> gone = whole.subList(0, whole.size() - keep);
        List<Base> kept = whole.subList(whole.size() - keep, whole.size());
        for (Base old : gone) {
            Path part = old.folder().resolveSibling(old.name() + ".part");
            Disk.name(old.folder(), part);
            FileSystemUtils.deleteRecursively(part);
        }
        Manifest first = kept.getFirst().manifest();
        int segments = 0;
        for (String name : archived()) {
            if (name.length() >= 24 && Lsn.segment(name, first.segment()) < first.begin().segment(first.segment())) {
                Files.delete(archived(name));
                segments++;
            }
        }
        Set<String> named = new HashSet<>();
        for (Base base : kept) {
            try (Stream<String> lines = Files.lines(base.filesList())) {
                lines.forEach(line -> named.add(FileLine.of(line).path()));
            }
        }
        int photos = 0;
        for (Path branch : Disk.list(files())) {
            for (Path photo : Disk.list(branch)) {
                String path = files().relativize(photo).toString();
                if (path.endsWith(Sealed.ENDING) && !named.contains(path.substring(0, path.length() - Sealed.ENDING.length()))
                        && Files.getLastModifiedTime(photo).toInstant().isBefore(first.begun())) {
                    Files.delete(photo);
                    photos++;
                }
            }
        }
        Keys.prune(this, first.begun());
        return Optional.of("deleted %d older backups, %d segments of the log, %d photos that were gone since".formatted(gone.size(), segments, photos));
    }

    /** A line of a backup's list of photos. */
    record FileLine(String path, Sums sums) {

        static FileLine of(String line) {
            String[] parts = line.split(" ", 3);
            return new FileLine(parts[2], new Sums(Long.parseLong(parts[1]), parts[0]));
        }

        @Override
        public String toString() {
            return sums.sha256() + " " + sums.size() + " " + path;
        }
    }
}
