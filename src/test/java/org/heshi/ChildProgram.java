package org.heshi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real program in a process of its own, for tests that kill it: its own data folder, a free port, the demo off unless a setting says
 * otherwise. Needs no packaging. {@link #close()} leaves no process behind.
 */
public final class ChildProgram implements RunningProgram {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Path data;
    private final Process process;
    private final Path out;
    private final Path err;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private ChildProgram(Path data, Process process, Path out, Path err) {
        this.data = data;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a command, or a start that was refused, left behind. */
    public record Ended(int exitCode, String out, String err) {
    }

    /**
     * Starts the program on this folder and waits until {@code /health} answers 200. Settings are environment variables, {@code HESHI_NODE}. An empty folder gets a copy of
     * what a first start makes.
     */
    public static ChildProgram start(Path data, Map<String, String> settings) {
        String[] there = data.toFile().list();
        if (there == null || there.length == 0) {
            lay(data, settings.getOrDefault("HESHI_DEMO", "off").equals("on"));
        }
        return launch(data, settings).awaitReady();
    }

    /** Puts there what a first start makes, with the demo county or without. */
    public static void lay(Path data, boolean demo) {
        try {
            PreparedStart.lay(data, demo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ChildProgram start(Path data) {
        return start(data, Map.of());
    }

    /** Starts the program and does not wait. */
    public static ChildProgram launch(Path data, Map<String, String> settings, String... arguments) {
        try {
            Files.createDirectories(data);
            Path logs = Files.createDirectories(Path.of("target", "child-programs"));
            Path out = Files.createTempFile(logs, "out-", ".txt");
            Path err = Files.createTempFile(logs, "err-", ".txt");
            return launch(data, out, err, settings, PreparedStart.options(), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param options of Java, with the class path */
    static ChildProgram launch(Path data, Path out, Path err, Map<String, String> settings, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(options);
        command.add("org.heshi.Heshi");
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = java(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HESHI_") || name.startsWith("SPRING_"));
        environment.put("HESHI_DATA", data.toAbsolutePath().toString());
        environment.put("HESHI_PORT", "0");
        environment.put("HESHI_DEMO", "off");
        environment.putAll(settings);
        return new ChildProgram(data.toAbsolutePath(), builder.start(), out, err);
    }

    /** Java as each of these programs has it. */
    static ProcessBuilder java(List<String> more) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-Xmn160m", "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djava.awt.headless=true",
                "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Dspring.config.location=classpath:/",
                // a digest of the county's strength for each account of the demo is half of what a start with it costs
                "-Dheshi.password-memory=256",
                "-Dheshi.binaries=" + Path.of("target", "postgres-binaries").toAbsolutePath()));
        command.addAll(more);
        return new ProcessBuilder(command);
    }

    /** Does a command, or a start that is expected to end by itself, to its end. */
    public static Ended run(Path data, Map<String, String> settings, String... arguments) {
        ChildProgram child = launch(data, settings, arguments);
        try {
            if (!child.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                child.process.destroyForcibly();
                throw new AssertionError("it did not end:\n" + child.out() + child.err());
            }
            return new Ended(child.process.exitValue(), child.out(), child.err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public ChildProgram awaitReady() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (!process.isAlive()) {
                throw new AssertionError("the program ended with " + process.exitValue() + ":\n" + err());
            }
            // a killed program leaves its address behind; this one's own is the one it printed
            if (out().contains("http") && healthy()) {
                return this;
            }
            pause();
        }
        throw new AssertionError("the program did not become ready:\n" + err());
    }

    /** Waits until {@code /health} answers 200 again; false when it does not in time. */
    public boolean recovers(Duration within) {
        long until = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < until) {
            if (healthy()) {
                return true;
            }
            pause();
        }
        return false;
    }

    public boolean healthy() {
        try {
            return get("/health").statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    @Override
    public URI address() {
        return out().lines().filter(line -> line.contains("http")).findFirst()
                .map(line -> URI.create(line.substring(line.indexOf("http")).strip().replaceAll("/$", "")))
                .orElseThrow(() -> new AssertionError("it has not said its address:\n" + err()));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofSeconds(30)).build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** {@code kill -9} of the program; its database server stays behind. */
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /** SIGTERM, and the exit code once it ended. */
    @Override
    public int terminate() {
        process.destroy();
        await(process);
        return process.exitValue();
    }

    /** {@code kill -9} of the database server that runs now. */
    public void killPostgres() {
        ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
        server.destroyForcibly();
    }

    public long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes of PostgreSQL that work in this data folder. */
    public static List<ProcessHandle> postgresOn(Path data) {
        Path folder = data.toAbsolutePath().resolve("postgres");
        return ProcessHandle.allProcesses().filter(p -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc", Long.toString(p.pid()), "cwd")).equals(folder);
            } catch (IOException _) {
                return false;
            }
        }).toList();
    }

    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public Path data() {
        return data;
    }

    public long pid() {
        return process.pid();
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        await(process);
        postgresOn(data).forEach(ProcessHandle::destroyForcibly);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("process " + process.pid() + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
