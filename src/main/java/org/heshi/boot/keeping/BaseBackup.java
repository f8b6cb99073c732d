package org.heshi.boot.keeping;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.database.Server;
import org.heshi.kernel.CannotStart;
import org.springframework.util.FileSystemUtils;

/**
 * A copy of the whole database while people act, by PostgreSQL's low-level interface, and of what lies beside it. It holds the log that it needs, so
 * it can be restored by itself; with the archived log it can be brought to any later moment. When it is killed the server forgets it, and what is
 * there has no name that anybody would take for a backup.
 */
final class BaseBackup {

    static final String ARCHIVE = "postgres.tar.gz";
    /** What stands beside the database and is copied as it is. */
    static final String PASSWORDS = "database.properties";
    static final String FILES_LIST = "files.list";

    /** In the data folder and in no backup: made anew, or of this moment only. */
    private static final Set<String> LEFT_OUT = Set.of("index", "index.rebuild", "postgres-binaries", "postgres.log", "postgres.log.1", "postgres.port", "postgres.part",
            "postgres.password", "address", Cluster.LINE, "lock", "guests", "log.key.next", "kek.key.old", "keys.db", "keys.db-wal", "keys.db-shm", "keys.db-journal");
    private static final Set<String> HELD = Set.of("postgres", PASSWORDS, "files");
    /** Folders of the cluster whose content a backup must not or need not have (PostgreSQL's manual, "Making a Base Backup"). */
    private static final Set<String> HOLLOW = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "backup_manifest", "recovery.signal",
            "standby.signal", "backup_label.old", "tablespace_map.old", "pg_internal.init", "current_logfiles");
    private static final Pattern TEMPORARY = Pattern.compile("pgsql_tmp.*|t\\d+_\\d+.*|.*\\.tmp");

    private final Server server;
    private final Path data;
    private final Keys keys;
    private final Vault vault;
    private final InstantSource clock;
    private final Consumer<String> out;

    /**
     * @param keys wherever they lie
     * @param out  is told how far it has come
     */
    BaseBackup(Server server, Path data, Keys keys, Vault vault, InstantSource clock, Consumer<String> out) {
        this.server = server;
        this.data = data;
        this.keys = keys;
        this.vault = vault;
        this.clock = clock;
        this.out = out;
    }

    /** @return the backup, whole and on the disk */
    Vault.Base make() throws IOException, SQLException {
        try {
            vault.make();
            try (FileChannel alone = vault.alone()) {
                vault.sweep();
                Path part = vault.begin(clock.instant());
                try {
                    Manifest manifest = copy(part);
                    manifest.write(part);
                    return new Vault.Base(vault.finish(part), manifest);
                } finally {
                    // there no more when it got its name
                    FileSystemUtils.deleteRecursively(part);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw Disk.because("The backup could not be made", vault.folder(), e instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) e);
        }
    }

    /** Names in the data folder of which this program does not know whether they must be kept. */
    List<String> unknown() throws IOException {
        return Disk.list(data).stream().map(path -> path.getFileName().toString())
                .filter(name -> !LEFT_OUT.contains(name) && !HELD.contains(name) && !Keys.is(name) && !name.startsWith("postgres-")).toList();
    }

    private Manifest copy(Path part) throws IOException, SQLException {
        List<Manifest.Item> items = new ArrayList<>();
        Instant begun = clock.instant();
        Manifest bare;
        try (Connection c = server.connectAsAdmin(); Statement s = c.createStatement()) {
            if (!Cluster.identity(data).equals(one(s, "select system_identifier from pg_control_system()"))) {
                throw CannotStart.because("The database that answers is not the one in " + data + ".");
            }
            if (!"0".equals(one(s, "select count(*) from pg_tablespace where spcname not in ('pg_default', 'pg_global')"))) {
                throw CannotStart.because("The database has tablespaces of its own outside its folder, which this command does not copy: use pg_basebackup of PostgreSQL "
                        + Cluster.MAJOR + ".");
            }
            int segment = Integer.parseInt(one(s, "select setting from pg_settings where name = 'wal_segment_size'"));
            // lives as long as this connection; meanwhile the server keeps all of its log
            one(s, "select pg_create_physical_replication_slot('heshi_backup_' || pg_backend_pid(), true, true)::text");
            Lsn begin = Lsn.of(one(s, "select pg_backup_start('heshi', true)::text"));
            Lsn end;
            Path archive = Disk.file(part.resolve(ARCHIVE));
            Sums sums;
            try (Sums.Counting counting = new Sums.Counting(new BufferedOutputStream(Files.newOutputStream(archive), 1 << 17))) {
                try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(counting, fast()))) {
                    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                    cluster(tar);
                    try (ResultSet stop = s.executeQuery("select lsn::text, labelfile, coalesce(spcmapfile, '') from pg_backup_stop(false)")) {
                        stop.next();
                        end = Lsn.of(stop.getString(1));
                        add(tar, "backup_label", stop.getString(2).getBytes(StandardCharsets.UTF_8));
                        if (!stop.getString(3).isEmpty()) {
                            add(tar, "tablespace_map", stop.getString(3).getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
                sums = counting.sums();
            }
            Disk.sync(archive);
            items.add(new Manifest.Item(ARCHIVE, sums));
            bare = new Manifest(Cluster.identity(data), one(s, "show server_version"), segment,
                    Integer.parseInt(one(s, "select timeline_id from pg_control_checkpoint()")), begin, end, begun, now(c), List.of());
            log(part, bare, items);
        }
        plain(data.resolve(PASSWORDS), part.resolve(PASSWORDS), items);
        keys.copyNew(vault);
        for (var key : keys.files().entrySet()) {
            if (Files.exists(key.getValue()) && !Keys.newestOnly(key.getKey())) {
                plain(key.getValue(), part.resolve(key.getKey()), items);
            }
        }
        // after the database: each photo that it names is there
        Path list = Disk.file(part.resolve(FILES_LIST));
        List<Vault.FileLine> photos = new Photos(data, vault).all(new Progress(out, "photos", "", 1, 0));
        Files.write(list, photos.stream().map(Vault.FileLine::toString).toList());
        Disk.sync(list);
        items.add(new Manifest.Item(FILES_LIST, Sums.of(list)));
        return new Manifest(bare.cluster(), bare.version(), bare.segment(), bare.timeline(), bare.begin(), bare.end(), begun, bare.ended(), items);
    }

    private void cluster(TarArchiveOutputStream tar) throws IOException {
        Path folder = data.resolve("postgres");
        Progress progress = new Progress(out, "database", "MB", 1 << 20, bytes(folder));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                String name = folder.relativize(dir).toString();
                if (TEMPORARY.matcher(dir.getFileName().toString()).matches()) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!name.isEmpty()) {
                    directory(tar, name);
                }
                if (name.equals("pg_wal")) {
                    directory(tar, "pg_wal/archive_status");
                    directory(tar, "pg_wal/summaries");
                }
                return HOLLOW.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile() && !NOT_COPIED.contains(name) && !TEMPORARY.matcher(name).matches()) {
                    String path = folder.relativize(file).toString();
                    if (path.equals("global/pg_control")) {
                        add(tar, path, still(file));
                    } else {
                        add(tar, path, file, progress);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            /** What the server deleted meanwhile is not missed: its log says so. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    private static void directory(TarArchiveOutputStream tar, String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/");
        entry.setMode(0700 | TarArchiveEntry.DEFAULT_DIR_MODE & ~0777);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /** The server writes while we read: what is torn or missing at the end the log puts right. As many bytes as the file had when it was opened. */
    private static void add(TarArchiveOutputStream tar, String name, Path file, Progress progress) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            begin(tar, name, size);
            byte[] some = new byte[1 << 16];
            long left = size;
            while (left > 0) {
                int read = in.read(some, 0, (int) Math.min(some.length, left));
                if (read < 0) {
                    Arrays.fill(some, (byte) 0);
                    read = (int) Math.min(some.length, left);
                }
                tar.write(some, 0, read);
                left -= read;
                progress.step(read);
            }
            tar.closeArchiveEntry();
        } catch (NoSuchFileException e) {
            if (!file.toString().equals(e.getFile())) {
                throw e;
            }
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        begin(tar, name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void begin(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0600 | TarArchiveEntry.DEFAULT_FILE_MODE & ~0777);
        tar.putArchiveEntry(entry);
    }

    /** The one file that no log mends: read until two readings agree, so that it is not caught in the middle of a write. */
    private static byte[] still(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        while (true) {
            byte[] after = Files.readAllBytes(file);
            if (Arrays.equals(before, after)) {
                return after;
            }
            before = after;
        }
    }

    private void log(Path part, Manifest manifest, List<Manifest.Item> items) throws IOException {
        int size = manifest.segment();
        Path from = data.resolve("postgres/pg_wal");
        List<String> names = new ArrayList<>();
        // the end is the byte after the last record: at a border it belongs to the segment before
        for (long n = manifest.begin().segment(size); n <= new Lsn(manifest.end().value() - 1).segment(size); n++) {
            names.add(Lsn.file(manifest.timeline(), n, size));
        }
        for (Path file : Disk.list(from)) {
            if (Vault.HISTORY.matcher(file.getFileName().toString()).matches()) {
                names.add(file.getFileName().toString());
            }
        }
        Progress progress = new Progress(out, "log", "segments", 1, names.size());
        for (String name : names) {
            Path sealed = part.resolve("wal").resolve(name + Sealed.ENDING);
            Sealed.write(from.resolve(name), sealed, true);
            items.add(new Manifest.Item("wal/" + sealed.getFileName(), Sums.of(sealed)));
            progress.step(1);
        }
    }

    private static void plain(Path from, Path to, List<Manifest.Item> items) throws IOException {
        Disk.file(to);
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        org.heshi.boot.database.DataFolder.ownerOnly(to, "rw-------");
        Disk.sync(to);
        items.add(new Manifest.Item(to.getFileName().toString(), Sums.of(to)));
    }

    private static GzipParameters fast() {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_SPEED);
        parameters.setBufferSize(1 << 16);
        return parameters;
    }

    private static Instant now(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select clock_timestamp()"); ResultSet r = s.executeQuery()) {
            r.next();
            return r.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static String one(Statement s, String question) throws SQLException {
        try (ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getString(1);
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.startsWith(folder.resolve("pg_wal"))).mapToLong(path -> {
                try {
                    return Files.isRegularFile(path) ? Files.size(path) : 0;
                } catch (IOException _) {
                    return 0;
                }
            }).sum();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return 0;
            }
            throw e;
        }
    }
}
