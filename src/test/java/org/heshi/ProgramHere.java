package org.heshi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.heshi.boot.command.CommandLineOfHeshi;
import org.heshi.boot.settings.Setting;
import org.heshi.kernel.CannotStart;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The program, or one command of it, in the process of the tests, where its classes are loaded already: for tests that ask what it does and neither kill it nor look at it
 * as a process, for which {@link ChildProgram} is there. It takes a third of the processor's time. Settings are those of the environment; the test's own are not seen.
 *
 * <p>The operating system gives a lock to a process and takes it back as soon as that closes the file once: whoever serves a folder here lets no {@link ChildProgram}
 * onto it.
 */
public final class ProgramHere implements RunningProgram {

    private final Path data;
    private final ConfigurableApplicationContext context;

    private ProgramHere(Path data, ConfigurableApplicationContext context) {
        this.data = data;
        this.context = context;
    }

    /** As {@link ChildProgram#start}. */
    public static ProgramHere start(Path data, Map<String, String> settings) {
        String[] there = data.toFile().list();
        if (there == null || there.length == 0) {
            ChildProgram.lay(data, settings.getOrDefault("HESHI_DEMO", "off").equals("on"));
        }
        return new ProgramHere(data.toAbsolutePath(), with(data, settings, ProgramHere::served));
    }

    /** Why it does not start on this folder: what a process says before it ends. */
    public static CannotStart refused(Path data, Map<String, String> settings) {
        try {
            new ProgramHere(data, with(data, settings, ProgramHere::served)).close();
        } catch (RuntimeException e) {
            for (Throwable why = e; why != null; why = why.getCause()) {
                if (why instanceof CannotStart ours) {
                    return ours;
                }
            }
            throw e;
        }
        throw new AssertionError("it started");
    }

    private static ConfigurableApplicationContext served() {
        SpringApplication program = new SpringApplication(Heshi.class);
        program.setRegisterShutdownHook(false);
        return program.run();
    }

    /** As {@link ChildProgram#run}. What others log meanwhile is told with its errors. */
    public static ChildProgram.Ended run(Path data, Map<String, String> settings, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream wrong = new ByteArrayOutputStream();
        try (PrintStream saying = new PrintStream(said, true, StandardCharsets.UTF_8); PrintStream complaining = new PrintStream(wrong, true, StandardCharsets.UTF_8)) {
            System.setOut(saying);
            System.setErr(complaining);
            int code = with(data, settings, () -> CommandLineOfHeshi.run(Heshi.class, arguments));
            return new ChildProgram.Ended(code, said.toString(StandardCharsets.UTF_8), wrong.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            LoggingSystem.get(Heshi.class.getClassLoader()).setLogLevel("org.heshi", LogLevel.INFO);
        }
    }

    private static <T> T with(Path data, Map<String, String> settings, Supplier<T> something) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of("spring.config.location", "classpath:/", "heshi.password-memory", "256",
                "heshi.binaries", Path.of("target", "postgres-binaries").toAbsolutePath().toString(), Setting.DATA.property(), data.toAbsolutePath().toString(),
                Setting.PORT.property(), "0", Setting.DEMO.property(), "off"));
        settings.forEach((name, value) -> properties.put(Setting.valueOf(name.replaceFirst("^HESHI_", "")).property(), value));
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> before = new LinkedHashMap<>();
        properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            return something.get();
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public int terminate() {
        context.close();
        return 0;
    }

    @Override
    public void close() {
        context.close();
        ChildProgram.postgresOn(data).forEach(ProcessHandle::destroyForcibly);
    }
}
