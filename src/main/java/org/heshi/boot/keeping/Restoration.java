package org.heshi.boot.keeping;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.heshi.boot.database.Binaries;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.database.DataFolder;
import org.heshi.boot.database.Launcher;
import org.heshi.boot.database.UnfinishedFolder;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The way back from a backup into an empty data folder: to its own end, to the end of the archived log, or to a moment between. Every byte is compared
 * with what was written when it is read. All is put together in a folder of its own and gets its names when the database has recovered.
 */
final class Restoration {

    private static final DateTimeFormatter CIVIL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter LINE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss");
    private static final Pattern LAST = Pattern.compile("last completed transaction was at log time (\\S+ [0-9:.]+[+-]\\d\\d)");
    private static final Set<String> OWN = Set.of("lock", "guests", UnfinishedFolder.RESTORING);

    private static final String KEY_STORE = "keys.db";

    private final Vault vault;
    private final Optional<Path> keysCopy;
    private final Path binaries;
    private final Consumer<String> out;

    /** What came of it. @param last when the last thing was done that the restored database holds; none when it did nothing after the backup */
    record Restored(Vault.Base from, Optional<Instant> last, int photos) {
    }

    /** @param keysCopy where the copy of the key store lies, if one is kept */
    Restoration(Vault vault, Path binaries, Optional<Path> keysCopy, Consumer<String> out) {
        this.vault = vault;
        this.keysCopy = keysCopy;
        this.binaries = binaries;
        this.out = out;
    }

    static String civil(Instant instant) {
        return CIVIL.format(CivilTime.of(instant));
    }

    /** Reads everything that a restore would read. @return what is wrong, one sentence each; empty when nothing is */
    List<String> check() throws IOException {
        Vault.Bases bases = vault.bases();
        List<String> wrong = new ArrayList<>(bases.damaged());
        for (Vault.Base base : bases.whole()) {
            out.accept("backup " + base.name());
            for (Manifest.Item item : base.manifest().items()) {
                wrong(wrong, () -> copy(base, item, OutputStream.nullOutputStream()));
            }
            wrong(wrong, () -> {
                for (Vault.FileLine line : photos(base)) {
                    if (!Files.exists(vault.file(line.path()))) {
                        wrong.add(vault.file(line.path()) + " is missing.");
                    }
                }
            });
        }
        out.accept("log");
        for (String name : vault.archived()) {
            wrong(wrong, () -> Sealed.read(vault.archived(name), OutputStream.nullOutputStream()));
        }
        for (Path key : Disk.list(vault.keys())) {
            wrong(wrong, () -> Sealed.read(key, OutputStream.nullOutputStream()));
        }
        out.accept("photos");
        for (Path branch : Disk.list(vault.files())) {
            for (Path photo : Disk.list(branch)) {
                if (photo.toString().endsWith(Sealed.ENDING)) {
                    wrong(wrong, () -> Sealed.read(photo, OutputStream.nullOutputStream()));
                }
            }
        }
        if (!bases.whole().isEmpty()) {
            gap(bases.whole().getFirst().manifest(), new TreeSet<>(vault.archived()), timelines(null)).ifPresent(wrong::add);
        }
        return wrong;
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void wrong(List<String> wrong, Reading reading) {
        try {
            reading.run();
        } catch (IOException | UncheckedIOException e) {
            wrong.add(Disk.because("", Path.of("."), e instanceof UncheckedIOException w ? w.getCause() : (IOException) e).getMessage().substring(2));
        }
    }

    /**
     * @param at    what was done after this moment is left out; none: everything that the log holds
     * @param logOf a data folder that still has the newest of the log and of the photos; none: what the backup holds
     */
    Restored restore(@Nullable Instant at, Path into, @Nullable Path logOf, Instant now) throws IOException {
        Timelines timelines = timelines(logOf);
        Vault.Base base = choose(at, timelines);
        if (!base.manifest().major().equals(Cluster.MAJOR)) {
            throw CannotStart.because("The backup " + base.name() + " is of PostgreSQL " + base.manifest().major() + ", this program has " + Cluster.MAJOR
                    + ": restore it with the program that made it, then upgrade.");
        }
        demandEmpty(into);
        try (DataFolder folder = DataFolder.open(into, false)) {
            if (!folder.held()) {
                throw CannotStart.because("Heshi runs on " + into + " (" + folder.holder() + ").");
            }
            Path work = into.resolve(UnfinishedFolder.RESTORING);
            Cluster cluster = new Cluster(work, Binaries.in(binaries), Launcher.here());
            discard(work, cluster);
            try {
                out.accept("from the backup " + base.name() + ", whole since " + civil(base.manifest().ended()));
                Disk.folder(work);
                Set<String> log = log(base, work, timelines, logOf);
                if (at == null) {
                    gap(base.manifest(), log, timelines).ifPresent(gap -> {
                        throw CannotStart.because(gap + " A restore to the end would lose what came after: give an earlier --at.");
                    });
                }
                database(base, work);
                beside(base, work, at, logOf);
                keyStore(work, logOf);
                int photos = photos(base, work, at, logOf);
                Optional<Instant> last = recover(cluster, work, at);
                tidy(work);
                Files.writeString(Disk.file(work.resolve(Cluster.LINE)), LINE.format(CivilTime.of(now)));
                place(work, into);
                return new Restored(base, last, photos);
            } catch (IOException | UncheckedIOException e) {
                discard(work, cluster);
                throw Disk.because("Nothing was restored", into, e instanceof UncheckedIOException w ? w.getCause() : (IOException) e);
            } catch (CannotStart e) {
                discard(work, cluster);
                throw e;
            }
        }
    }

    private static void discard(Path work, Cluster cluster) throws IOException {
        if (Files.exists(work)) {
            if (Files.exists(work.resolve("postgres"))) {
                cluster.stopLeftOver();
            }
            FileSystemUtils.deleteRecursively(work);
        }
    }

    private static void demandEmpty(Path into) throws IOException {
        List<String> there = Disk.list(into).stream().map(path -> path.getFileName().toString()).filter(name -> !OWN.contains(name)).toList();
        if (!there.isEmpty()) {
            throw CannotStart.because("The folder " + into + " is not empty (" + String.join(", ", there.subList(0, Math.min(4, there.size())))
                    + (there.size() > 4 ? ", …" : "") + "). Nothing is ever restored over something: move it away first (mv " + into + " " + into
                    + ".broken), or name another folder with --into.");
        }
    }

    private Timelines timelines(@Nullable Path logOf) throws IOException {
        Timelines timelines = new Timelines();
        for (String name : vault.archived()) {
            if (Vault.HISTORY.matcher(name).matches()) {
                timelines.add(vault.archived(name), name);
            } else if (Vault.SEGMENT.matcher(name).matches()) {
                timelines.saw(Integer.parseInt(name.substring(0, 8), 16));
            }
        }
        for (Vault.Base base : vault.bases().whole()) {
            timelines.saw(base.manifest().timeline());
        }
        if (logOf != null) {
            for (Path file : Disk.list(logOf.resolve("postgres/pg_wal"))) {
                String name = file.getFileName().toString();
                if (Vault.HISTORY.matcher(name).matches()) {
                    timelines.add(name, Files.readString(file));
                }
            }
        }
        return timelines;
    }

    private Vault.Base choose(@Nullable Instant at, Timelines timelines) throws IOException {
        Vault.Bases bases = vault.bases();
        bases.damaged().forEach(out);
        List<Vault.Base> useful = bases.whole().stream()
                .filter(base -> timelines.leadsOn(base.manifest().timeline(), base.manifest().end())).toList();
        if (useful.isEmpty()) {
            throw CannotStart.because("There is no whole backup in " + vault.folder() + ".");
        }
        if (at == null) {
            return useful.getLast();
        }
        List<Vault.Base> early = useful.stream().filter(base -> !base.manifest().ended().isAfter(at)).toList();
        if (early.isEmpty()) {
            throw CannotStart.because("The oldest backup in " + vault.folder() + " was whole at " + civil(useful.getFirst().manifest().ended().plusMillis(999))
                    + "; only that moment or a later one can be restored, not " + civil(at) + ".");
        }
        return early.getLast();
    }

    /** Puts the log where the server will look for it. @return the names of all files of it */
    private Set<String> log(Vault.Base base, Path work, Timelines timelines, @Nullable Path logOf) throws IOException {
        Path to = work.resolve("wal");
        Disk.folder(to);
        Manifest manifest = base.manifest();
        Set<String> names = new TreeSet<>();
        for (Manifest.Item item : manifest.items()) {
            if (item.path().startsWith("wal/")) {
                String file = item.path().substring(4);
                copy(base, item, to.resolve(file));
                names.add(file.substring(0, file.length() - Sealed.ENDING.length()));
            }
        }
        // first what has just arrived: a running program takes it in meanwhile, and then it is among the archived
        if (Files.isDirectory(vault.arriving())) {
            rest(vault.arriving(), to, manifest, timelines, names);
        }
        List<String> archived = vault.archived().stream().filter(name -> !names.contains(name) && needed(name, manifest, timelines)).toList();
        Progress progress = new Progress(out, "log", "segments", 1, archived.size());
        for (String name : archived) {
            Sealed.read(vault.archived(name), OutputStream.nullOutputStream());
            Files.copy(vault.archived(name), to.resolve(name + Sealed.ENDING));
            names.add(name);
            progress.step(1);
        }
        if (logOf != null) {
            rest(logOf.resolve("postgres/pg_wal"), to, manifest, timelines, names);
        }
        return names;
    }

    /** The newest part of the log, from where it was not taken in yet. */
    private void rest(Path from, Path to, Manifest manifest, Timelines timelines, Set<String> names) throws IOException {
        for (Path file : Disk.list(from)) {
            String name = file.getFileName().toString();
            try {
                if (needed(name, manifest, timelines) && !names.contains(name) && (name.length() != 24 || Files.size(file) == manifest.segment())) {
                    Sealed.write(file, to.resolve(name + Sealed.ENDING), true);
                    names.add(name);
                }
            } catch (NoSuchFileException e) {
                if (Files.exists(file)) {
                    throw e;
                }
            }
        }
    }

    private static boolean needed(String name, Manifest manifest, Timelines timelines) {
        if (Vault.HISTORY.matcher(name).matches()) {
            return true;
        }
        return Vault.SEGMENT.matcher(name).matches() && timelines.onTheWay(Integer.parseInt(name.substring(0, 8), 16))
                && Lsn.segment(name, manifest.segment()) >= manifest.begin().segment(manifest.segment());
    }

    /** The first hole in the log after the backup, as a sentence. */
    private static Optional<String> gap(Manifest manifest, Set<String> names, Timelines timelines) {
        Set<Long> there = new TreeSet<>();
        for (String name : names) {
            if (Vault.SEGMENT.matcher(name).matches() && needed(name, manifest, timelines)) {
                there.add(Lsn.segment(name, manifest.segment()));
            }
        }
        long before = new Lsn(manifest.end().value() - 1).segment(manifest.segment());
        for (long segment : there) {
            if (segment > before + 1) {
                return Optional.of("The log has a gap: segment " + Lsn.file(timelines.newest(), before + 1, manifest.segment()) + " is missing.");
            }
            before = Math.max(before, segment);
        }
        return Optional.empty();
    }

    private void database(Vault.Base base, Path work) throws IOException {
        Path postgres = work.resolve("postgres");
        Disk.folder(postgres);
        Path archive = base.folder().resolve(BaseBackup.ARCHIVE);
        Manifest.Item item = item(base, BaseBackup.ARCHIVE);
        Progress progress = new Progress(out, "database", "MB", 1 << 20, 0);
        Sums.Counting sums = new Sums.Counting(OutputStream.nullOutputStream());
        try (InputStream file = new Tee(new BufferedInputStream(Files.newInputStream(archive), 1 << 17), sums)) {
            try {
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file));
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Path target = postgres.resolve(entry.getName()).normalize();
                    if (!target.startsWith(postgres)) {
                        throw new Damaged(archive, "it leaves its folder");
                    }
                    if (entry.isDirectory()) {
                        Disk.folder(target);
                    } else {
                        try (OutputStream to = Files.newOutputStream(Disk.file(target))) {
                            tar.transferTo(to);
                        }
                        progress.step(entry.getSize());
                    }
                }
                file.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // a full disk and the like are no fault of the backup
                file.transferTo(OutputStream.nullOutputStream());
                throw sums.sums().equals(item.sums()) ? e : new Damaged(archive, "its SHA-256 is not what was written down");
            }
        }
        if (!sums.sums().equals(item.sums())) {
            throw new Damaged(archive, "its SHA-256 is not what was written down");
        }
        Disk.file(postgres.resolve("recovery.signal"));
    }

    /** The passwords never change; of the keys those that held at the moment. */
    private void beside(Vault.Base base, Path work, @Nullable Instant at, @Nullable Path logOf) throws IOException {
        for (Manifest.Item item : base.manifest().items()) {
            if (item.path().equals(BaseBackup.PASSWORDS) || Keys.is(item.path())) {
                copy(base, item, Disk.file(work.resolve(item.path())));
            }
        }
        for (String name : Keys.names()) {
            Instant written = Instant.MIN;
            Instant until = Keys.newestOnly(name) ? null : at;
            Optional<Path> kept = Keys.at(vault, name, until);
            if (kept.isPresent()) {
                try (OutputStream file = Files.newOutputStream(Disk.file(work.resolve(name)))) {
                    Sealed.read(kept.get(), file);
                }
                written = Keys.written(kept.get());
            }
            if (logOf != null && Files.exists(logOf.resolve(name))) {
                Instant there = Files.getLastModifiedTime(logOf.resolve(name)).toInstant();
                if (there.isAfter(written) && (until == null || !there.isAfter(until))) {
                    Files.copy(logOf.resolve(name), Disk.file(work.resolve(name)), StandardCopyOption.REPLACE_EXISTING);
                    DataFolder.ownerOnly(work.resolve(name), "rw-------");
                }
            }
        }
    }

    /** The key store as it is now, whatever moment is restored: what was erased since stays so. It is in no backup. */
    private void keyStore(Path work, @Nullable Path logOf) throws IOException {
        if (logOf != null && Files.exists(logOf.resolve(KEY_STORE))) {
            for (String name : List.of(KEY_STORE, KEY_STORE + "-wal")) {
                if (Files.exists(logOf.resolve(name))) {
                    Files.copy(logOf.resolve(name), Disk.file(work.resolve(name)), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            out.accept("the key store is that of " + logOf);
        } else if (keysCopy.isPresent() && Files.exists(keysCopy.get())) {
            Files.copy(keysCopy.get(), Disk.file(work.resolve(KEY_STORE)), StandardCopyOption.REPLACE_EXISTING);
            // what was being written when the machine died is taken back by it
            Path journal = keysCopy.get().resolveSibling(keysCopy.get().getFileName() + "-journal");
            if (Files.exists(journal) && Files.size(journal) > 0) {
                Files.copy(journal, Disk.file(work.resolve(KEY_STORE + "-journal")), StandardCopyOption.REPLACE_EXISTING);
            }
            out.accept("the key store is the copy " + keysCopy.get());
        } else {
            out.accept("The key store is in no backup and no copy of it was found: put it into the new folder as " + KEY_STORE
                    + " before the start, or no word of a resident opens.");
        }
    }

    private List<Vault.FileLine> photos(Vault.Base base) throws IOException {
        Path list = base.filesList();
        if (!Sums.of(list).equals(item(base, BaseBackup.FILES_LIST).sums())) {
            throw new Damaged(list, "its SHA-256 is not what was written down");
        }
        try (Stream<String> lines = Files.lines(list)) {
            return lines.map(Vault.FileLine::of).toList();
        }
    }

    /** Those that the backup names, and those that came after it but not after the moment: a photo's name begins with the time it came. */
    private int photos(Vault.Base base, Path work, @Nullable Instant at, @Nullable Path logOf) throws IOException {
        Path to = work.resolve("files");
        Disk.folder(to);
        Set<String> done = new HashSet<>();
        List<Vault.FileLine> lines = photos(base);
        Progress progress = new Progress(out, "photos", "", 1, lines.size());
        for (Vault.FileLine line : lines) {
            if (!Files.exists(vault.file(line.path()))) {
                throw new Damaged(vault.file(line.path()), "it is missing");
            }
            if (!photo(vault.file(line.path()), to.resolve(line.path())).equals(line.sums()) && !Photos.underSeal(to.resolve(line.path()))) {
                throw new Damaged(vault.file(line.path()), "its SHA-256 is not what was written down");
            }
            done.add(line.path());
            progress.step(1);
        }
        for (Path branch : Disk.list(vault.files())) {
            for (Path sealed : Disk.list(branch)) {
                String path = vault.files().relativize(sealed).toString();
                if (path.endsWith(Sealed.ENDING) && !Files.getLastModifiedTime(sealed).toInstant().isBefore(base.manifest().begun())) {
                    path = path.substring(0, path.length() - Sealed.ENDING.length());
                    if (came(path, at) && done.add(path)) {
                        photo(sealed, to.resolve(path));
                        progress.step(1);
                    }
                }
            }
        }
        if (logOf != null) {
            Path files = logOf.resolve("files");
            for (Path branch : Disk.list(files)) {
                for (Path photo : Disk.list(branch)) {
                    String path = files.relativize(photo).toString();
                    if (!photo.getFileName().toString().startsWith(".") && came(path, at) && done.add(path)) {
                        Disk.folder(to.resolve(path).getParent());
                        Files.copy(photo, Disk.file(to.resolve(path)), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        return done.size();
    }

    private static Sums photo(Path sealed, Path to) throws IOException {
        Disk.folder(to.getParent());
        try (OutputStream file = Files.newOutputStream(Disk.file(to))) {
            return Sealed.read(sealed, file);
        }
    }

    /** Whether a photo of this name was there at the moment. */
    private static boolean came(String path, @Nullable Instant at) {
        try {
            UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\..*", ""));
            return at == null || id.version() != 7 || !Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).isAfter(at);
        } catch (IllegalArgumentException _) {
            // rather too much than too little
            return true;
        }
    }

    private Optional<Instant> recover(Cluster cluster, Path work, @Nullable Instant at) throws IOException {
        List<String> settings = new ArrayList<>(List.of("archive_mode=off", "hot_standby=off", "recovery_target_timeline=latest",
                "recovery_target_action=promote", "recovery_target=", "recovery_target_name=", "recovery_target_lsn=", "recovery_target_xid=",
                "restore_command=test -f ../wal/%f.gz && gzip -dc ../wal/%f.gz > %p"));
        settings.add("recovery_target_time=" + (at == null ? "" : DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").format(at.atOffset(ZoneOffset.UTC)) + "+00"));
        Path words = work.resolve("postgres.log");
        Progress progress = new Progress(out, "the database takes in the log", "segments", 1, Disk.list(work.resolve("wal")).size());
        long[] seen = new long[2];
        try {
            cluster.recover(settings, () -> {
                if (System.nanoTime() - seen[1] > 1_000_000_000L) {
                    seen[1] = System.nanoTime();
                    long now = said(words).split("restored log file", -1).length - 1L;
                    progress.step(now - seen[0]);
                    seen[0] = now;
                }
            });
        } catch (CannotStart e) {
            if (at != null && said(words).contains("recovery ended before configured recovery target was reached")) {
                throw CannotStart.because("The log that is kept ends before " + civil(at) + ": the last thing in it was done at "
                        + last(words).map(Restoration::civil).orElse("the time of the backup") + ". Without --at everything up to there is restored;"
                        + " if the old data folder can still be read, add --log-of with it.");
            }
            throw e;
        }
        if (Files.exists(work.resolve("postgres/recovery.signal"))) {
            throw CannotStart.because("The database did not take in its log:\n" + said(words));
        }
        return last(words);
    }

    private static Optional<Instant> last(Path words) {
        Optional<Instant> last = Optional.empty();
        Matcher said = LAST.matcher(said(words));
        while (said.find()) {
            last = Optional.of(OffsetDateTime.parse(said.group(1).replace(' ', 'T') + ":00").toInstant());
        }
        return last;
    }

    private static String said(Path words) {
        try {
            return Files.exists(words) ? new String(Files.readAllBytes(words), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tidy(Path work) throws IOException {
        for (String name : List.of("backup_label.old", "tablespace_map.old")) {
            Files.deleteIfExists(work.resolve("postgres").resolve(name));
        }
        FileSystemUtils.deleteRecursively(work.resolve("wal"));
        Files.deleteIfExists(work.resolve("postgres.port"));
    }

    /** The database last: without it nobody takes the folder for restored. */
    private static void place(Path work, Path into) throws IOException {
        List<String> names = new ArrayList<>(Keys.names());
        names.addAll(List.of(KEY_STORE + "-wal", KEY_STORE + "-journal", KEY_STORE, "files", Cluster.LINE, BaseBackup.PASSWORDS, "postgres.log", "postgres"));
        for (String name : names) {
            if (Files.exists(work.resolve(name))) {
                Files.move(work.resolve(name), into.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Disk.sync(into);
        FileSystemUtils.deleteRecursively(work);
        Disk.sync(into);
    }

    private static Manifest.Item item(Vault.Base base, String path) throws IOException {
        return base.manifest().items().stream().filter(item -> item.path().equals(path)).findFirst()
                .orElseThrow(() -> new Damaged(base.folder().resolve(Manifest.NAME), "it does not name " + path));
    }

    private static void copy(Vault.Base base, Manifest.Item item, Path to) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to))) {
            copy(base, item, file);
        }
    }

    private static void copy(Vault.Base base, Manifest.Item item, OutputStream to) throws IOException {
        Path from = base.folder().resolve(item.path());
        if (!Files.exists(from)) {
            throw new Damaged(from, "it is missing");
        }
        Sums.Counting counting = new Sums.Counting(to);
        try (InputStream in = Files.newInputStream(from)) {
            in.transferTo(counting);
        }
        counting.flush();
        if (!counting.sums().equals(item.sums())) {
            throw new Damaged(from, "its SHA-256 is not what was written down");
        }
    }

    /** Adds up what is read from a file. */
    private static final class Tee extends java.io.FilterInputStream {

        private final OutputStream beside;

        private Tee(InputStream in, OutputStream beside) {
            super(in);
            this.beside = beside;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                beside.write(b);
            }
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = in.read(bytes, from, count);
            if (read > 0) {
                beside.write(bytes, from, read);
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 1 << 16)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
