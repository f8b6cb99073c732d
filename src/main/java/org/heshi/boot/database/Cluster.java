package org.heshi.boot.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.heshi.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The embedded database server as files and a process: made once, started, watched, stopped. Listens on 127.0.0.1 only and on no socket
 * file; everybody needs a password (SCRAM). What it acknowledged is on the disk: fsync and synchronous commit are on.
 */
public final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    /** The major version that this build runs. */
    public static final String MAJOR = "18";
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final long LOG_BYTES = 16L << 20;

    /** Given on the command line, where nothing in the folder's own files overrides them; {@link ServerCheck} asks the server for the decisive ones. */
    private static final List<String> SETTINGS = List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on", "listen_addresses=127.0.0.1",
            "unix_socket_directories=", "password_encryption=scram-sha-256", "max_connections=60", "work_mem=8MB",
            "maintenance_work_mem=64MB", "random_page_cost=1.1", "jit=off", "timezone=UTC", "max_wal_size=1GB",
            "log_timezone=UTC", "log_checkpoints=off", "log_line_prefix=%m [%p] %u ", "log_error_verbosity=terse", "log_min_error_statement=panic",
            "autovacuum_vacuum_cost_limit=1000");

    private final Path folder;
    private final Path log;
    private final Path portFile;
    private final Binaries binaries;
    private final Launcher launcher;
    private final @Nullable Path backups;
    private List<String> more = List.of();
    private volatile boolean closing;
    private volatile Process process;
    private int port;

    public Cluster(Path data, Binaries binaries, Launcher launcher) {
        this(data, binaries, launcher, null);
    }

    /** @param backups where the server's log is archived as long as it runs; none: it is not */
    Cluster(Path data, Binaries binaries, Launcher launcher, @Nullable Path backups) {
        this.backups = backups;
        this.folder = data.resolve("postgres");
        this.log = data.resolve("postgres.log");
        this.portFile = data.resolve("postgres.port");
        this.binaries = binaries;
        this.launcher = launcher;
    }

    /** Whether a database was made here before. @throws CannotStart when it is of another major version */
    static boolean exists(Path data) {
        Path version = data.resolve("postgres/PG_VERSION");
        if (!Files.exists(version)) {
            return false;
        }
        try {
            String made = Files.readString(version).strip();
            if (!made.equals(MAJOR)) {
                throw CannotStart.because("The database in " + data.resolve("postgres") + " is of PostgreSQL " + made + "; this program needs " + MAJOR + "."
                        + " ./heshi upgrade copies it over (docs/operations.md, Upgrade).");
            }
            return true;
        } catch (IOException e) {
            throw CannotStart.because("The database in " + data.resolve("postgres") + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Makes a new database cluster, whole or not at all. */
    public void make(Logins.Login admin) {
        Path part = folder.resolveSibling("postgres.part");
        Path password = folder.resolveSibling("postgres.password");
        try {
            FileSystemUtils.deleteRecursively(part);
            Files.deleteIfExists(password);
            Files.createDirectory(part);
            DataFolder.ownerOnly(part, "rwx------");
            Files.createFile(password);
            DataFolder.ownerOnly(password, "rw-------");
            Files.writeString(password, admin.password() + "\n");
            launcher.give(part);
            launcher.give(password);
            Process initdb = launcher.start(List.of(binaries.program("initdb").toString(), "--pgdata=" + part, "--username=" + admin.user(),
                    "--pwfile=" + password, "--auth-host=scram-sha-256", "--auth-local=reject", "--encoding=UTF8", "--lc-collate=C",
                    "--lc-ctype=C.UTF-8", "--lc-messages=C", "--lc-monetary=C", "--lc-numeric=C", "--lc-time=C", "--data-checksums"), log, part);
            if (!initdb.waitFor(START.toSeconds(), TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                throw CannotStart.because("The database could not be made in " + folder + ":" + lastWords());
            }
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CannotStart.because("The database could not be made in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CannotStart.because("The start was interrupted.", e);
        } finally {
            try {
                Files.deleteIfExists(password);
            } catch (IOException e) {
                LOG.error("{} holds a password and could not be deleted", password, e);
            }
        }
    }

    /** Starts the server, after stopping one that a killed program left behind, and watches it from then on. */
    public void start() {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
                Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            launcher.give(folder);
            stopLeftOver();
            port = choosePort();
            more = archiving();
            process = launch();
            awaitReady(process, START, () -> { });
            process.onExit().thenAcceptAsync(this::mend);
        } catch (IOException e) {
            throw CannotStart.because("The database server did not start: " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    /** Stops the server cleanly: what is committed is on the disk, nothing has to be recovered at the next start. */
    public synchronized void stop() {
        closing = true;
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            signal("INT", running.pid());
            if (!running.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the database server did not stop within {} s and is told to stop at once", STOP.toSeconds());
                signal("QUIT", running.pid());
                if (!running.waitFor(10, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port of the server that another process of ours runs on this data; empty when none does. */
    static Optional<Integer> portOfRunning(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
            return lines.size() >= 8 && lines.get(7).strip().equals("ready") ? Optional.of(Integer.parseInt(lines.get(3).strip())) : Optional.empty();
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private Process launch() throws IOException {
        if (closing) {
            throw CannotStart.because("The start was broken off.");
        }
        List<String> command = new ArrayList<>();
        // its own session: a Ctrl-C in the terminal must reach the program alone, which stops the server after its own work is done
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of(binaries.program("postgres").toString(), "-D", folder.toString(), "-c", "port=" + port));
        long megabytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() >> 20;
        for (String setting : Stream.of(SETTINGS, memory(megabytes), List.of(LargePages.setting(buffers(megabytes)))).flatMap(List::stream).toList()) {
            command.add("-c");
            command.add(setting);
        }
        for (String setting : more) {
            command.add("-c");
            command.add(setting);
        }
        return launcher.start(command, log, folder);
    }

    /**
     * A sixteenth of the machine for the server's own pages, between 128 and 1,024 MB, and the guess that half of it keeps pages of files. The program and
     * whatever else the county runs there need the rest.
     */
    static List<String> memory(long megabytes) {
        return List.of("shared_buffers=" + buffers(megabytes) + "MB", "effective_cache_size=" + Math.max(1_024, megabytes / 2) + "MB");
    }

    private static long buffers(long megabytes) {
        return Math.clamp(megabytes / 16, 128, 1_024);
    }

    /**
     * The number that the cluster in this data folder was given when it was made; a restored one has the same, one that was copied over into another
     * major version has another.
     */
    public static String identity(Path data) throws IOException {
        ByteBuffer control = ByteBuffer.wrap(Files.readAllBytes(data.resolve("postgres/global/pg_control"))).order(ByteOrder.nativeOrder());
        return Long.toUnsignedString(control.getLong(0));
    }

    /** In a data folder that was restored: when. It writes another history from there on than the folder that it was restored from. */
    public static final String LINE = "backup.line";

    /**
     * The folder of this data folder's backups below the folder of all backups. What was restored has one of its own, so that it never writes its log
     * among that of the other, which may live on: a drill beside the real one, or a restore that turns out to have been the wrong one.
     */
    public static String vault(Path data) throws IOException {
        Path line = data.resolve(LINE);
        return identity(data) + (Files.exists(line) ? "-" + Files.readString(line).strip() : "");
    }

    /**
     * A segment of the log is copied to the disk of the backups, and only then may the server use it anew: PostgreSQL's own basic_archive does that
     * with fsync and an atomic rename. When the disk is away people go on, and the log waits in {@code pg_wal}.
     */
    private List<String> archiving() throws IOException {
        if (backups == null) {
            return List.of();
        }
        Path arriving = backups.resolve(vault(folder.getParent())).resolve("arriving");
        try {
            if (!Files.isDirectory(backups)) {
                Files.createDirectories(backups);
                DataFolder.ownerOnly(backups, "rwx--x--x");
            }
            Files.createDirectories(arriving);
            DataFolder.ownerOnly(arriving.getParent(), "rwx------");
            DataFolder.ownerOnly(arriving, "rwx------");
            launcher.give(arriving);
        } catch (IOException | UncheckedIOException e) {
            LOG.error("the folder of backups {} cannot be used: {}. The database's log is kept in {} until the program is started with a folder that can",
                    backups, e.toString(), folder.resolve("pg_wal"));
        }
        return List.of("archive_mode=on", "archive_command=", "archive_library=basic_archive", "basic_archive.archive_directory=" + arriving,
                "archive_timeout=60s");
    }

    /**
     * Runs the server over a folder that was put together from a backup until it has taken in its log, and stops it cleanly. Ends when the server
     * says that it is done or gives up, however long that takes.
     *
     * @param settings where the log comes from and where to stop
     * @param waiting  done again and again meanwhile
     * @throws CannotStart with the server's last words when it gave up
     */
    public void recover(List<String> settings, Runnable waiting) {
        try {
            launcher.give(folder);
            port = choosePort();
            more = settings;
            process = launch();
            awaitReady(process, Duration.ofDays(30), waiting);
        } catch (IOException e) {
            throw CannotStart.because("The database server did not start: " + e.getMessage(), e);
        } finally {
            stop();
        }
    }

    private void awaitReady(Process starting, Duration limit, Runnable waiting) {
        long until = System.nanoTime() + limit.toNanos();
        while (portOfRunning(folder.getParent()).filter(p -> p == port).isEmpty() || !ownPidFile(starting)) {
            if (!starting.isAlive()) {
                throw CannotStart.because("The database server did not start:" + lastWords());
            }
            if (System.nanoTime() > until) {
                starting.destroy();
                throw CannotStart.because("The database server was not ready within " + limit.toSeconds() + " s:" + lastWords());
            }
            waiting.run();
            pause(10);
        }
    }

    private boolean ownPidFile(Process starting) {
        return pidFile().filter(pid -> pid == starting.pid()).isPresent();
    }

    private Optional<Long> pidFile() {
        try {
            return Files.readAllLines(folder.resolve("postmaster.pid")).stream().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** The server died under us: start it again until it stays, so that pages recover without a restart of the program. */
    private synchronized void mend(Process died) {
        long wait = 100;
        while (!closing) {
            LOG.warn("the database server ended by itself (exit code {}); it is started again", died.exitValue());
            try {
                stopLeftOver();
                Process next = launch();
                process = next;
                awaitReady(next, START, () -> { });
                LOG.warn("the database server is back");
                next.onExit().thenAcceptAsync(this::mend);
                return;
            } catch (IOException | CannotStart e) {
                LOG.error("the database server did not come back; next try in {} ms", wait, e);
                pause(wait);
                wait = Math.min(wait * 2, 30_000);
            }
        }
    }

    /**
     * A server, or parts of one, that a killed program or a killed postmaster left behind on this folder. We hold the folder's lock, so none of
     * them belongs to anybody. A live server is stopped cleanly; what then still works in the folder is killed.
     */
    public void stopLeftOver() throws IOException {
        Optional<ProcessHandle> server = pidFile().flatMap(ProcessHandle::of).filter(this::worksHere);
        if (server.isPresent()) {
            LOG.warn("a database server was left behind by a killed program (process {}); it is stopped", server.get().pid());
            signal("INT", server.get().pid());
            awaitEnd(List.of(server.get()), STOP);
        }
        List<ProcessHandle> rest = ProcessHandle.allProcesses().filter(this::worksHere).toList();
        rest.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(rest, Duration.ofSeconds(10));
        // what is left of a pid file now names a process that is gone, or that is a stranger with the same number
        Files.deleteIfExists(folder.resolve("postmaster.pid"));
    }

    private void awaitEnd(List<ProcessHandle> processes, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(this::worksHere) && System.nanoTime() < until) {
            pause(10);
        }
    }

    /** PostgreSQL's processes have the data folder as their working directory; a zombie has none. */
    private boolean worksHere(ProcessHandle handle) {
        try {
            Path proc = Path.of("/proc", Long.toString(handle.pid()));
            if (Files.exists(proc)) {
                return Files.readSymbolicLink(proc.resolve("cwd")).equals(folder.toRealPath())
                        && Files.readString(proc.resolve("comm"), StandardCharsets.ISO_8859_1).startsWith("postgres");
            }
            return !Files.exists(Path.of("/proc/self")) && handle.isAlive()
                    && handle.info().command().filter(c -> c.equals(binaries.program("postgres").toString())).isPresent()
                    && pidFile().filter(pid -> pid == handle.pid()).isPresent();
        } catch (IOException _) {
            return false;
        }
    }

    /** The same port as last time when it is free, so that addresses in people's tools stay right. */
    private int choosePort() throws IOException {
        int last = 0;
        try {
            last = Integer.parseInt(Files.readString(portFile).strip());
        } catch (IOException | NumberFormatException _) {
            // none was kept yet
        }
        if (last > 0 && free(last)) {
            return last;
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int chosen = any.getLocalPort();
            Files.writeString(portFile, Integer.toString(chosen));
            return chosen;
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void signal(String name, long pid) throws IOException {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of the server's log, for whom has to find out why it does not start. */
    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException _) {
            return " see " + log;
        }
    }
}
