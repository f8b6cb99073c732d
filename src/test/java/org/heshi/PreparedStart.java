package org.heshi;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The class path of {@link ChildProgram}, with its classes loaded and linked ahead of time as {@code ./run} has them: a start takes half the processor's
 * time. Made once for what was compiled, by the first test that starts the program; the others wait for it.
 */
final class PreparedStart {

    private static final Path FOLDER = Path.of("target", "child-programs").toAbsolutePath();

    private PreparedStart() {
    }

    private static final class Made {

        private static final Path FOLDER = folder();
        private static final List<String> OPTIONS = make(FOLDER);
    }

    static List<String> options() {
        return Made.OPTIONS;
    }

    private static Path folder() {
        try {
            return FOLDER.resolve("start-" + newest(own()) + "-" + Integer.toHexString(libraries().toList().hashCode()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> make(Path made) {
        try {
            Files.createDirectories(FOLDER);
            Path classes = own();
            Path jar = made.resolve("heshi.jar");
            Path cache = made.resolve("heshi.aot");
            List<String> path = List.of("-cp", String.join(File.pathSeparator, Stream.concat(Stream.of(jar.toString()), libraries()).toList()));
            try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); var _ = lock.lock()) {
                if (!Files.exists(cache)) {
                    Files.createDirectories(made);
                    int packed = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--no-compress", "--file", jar.toString(), "-C", classes.toString(), ".");
                    if (packed != 0) {
                        throw new AssertionError("the program's classes could not be packed");
                    }
                    train(made, path, cache);
                }
            }
            List<String> options = new ArrayList<>(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
            options.addAll(path);
            return List.copyOf(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts a database there as a first start makes it, with the demo county or without: made once by a first start that ended cleanly, and copied from then on.
     */
    static synchronized void lay(Path data, boolean demo) throws IOException {
        options();
        Path bare = Made.FOLDER.resolve("data");
        Path filled = Made.FOLDER.resolve("demo");
        try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); var _ = lock.lock()) {
            if (demo && !Files.exists(filled)) {
                Path part = Made.FOLDER.resolve("demo.part");
                FileSystemUtils.deleteRecursively(part);
                copy(bare, part);
                try (ChildProgram first = ChildProgram.launch(part, Map.of("HESHI_DEMO", "on"))) {
                    first.awaitReady();
                    first.terminate();
                }
                Files.move(part, filled);
            }
        }
        copy(demo ? filled : bare, data);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try {
            if (new ProcessBuilder("cp", "-a", from + "/.", to.toString()).inheritIO().start().waitFor() != 0) {
                throw new AssertionError(from + " could not be copied to " + to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** One start on data of its own and a clean end. */
    private static void train(Path made, List<String> path, Path cache) throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        options.addAll(path);
        try (ChildProgram trained = ChildProgram.launch(made.resolve("data"), made.resolve("out.txt"), made.resolve("err.txt"), Map.of(), options)) {
            trained.awaitReady();
            trained.terminate();
        }
        if (!Files.exists(cache)) {
            throw new AssertionError("no cache of classes was made: " + Files.readString(made.resolve("err.txt")));
        }
    }

    private static Path own() {
        return entries().filter(entry -> entry.endsWith(Path.of("target", "classes"))).findFirst().orElseThrow();
    }

    /**
     * No test classes, which the program's component scan would find, and none of the libraries of tests, of which there are as many as half of the others: each is
     * opened at each start. Where no build by Maven wrote down which they are, they are there, too.
     */
    private static Stream<String> libraries() throws IOException {
        Path written = Path.of("target", "program.classpath");
        return Files.exists(written) ? Arrays.stream(Files.readString(written).strip().split(File.pathSeparator))
                : entries().filter(Files::isRegularFile).map(Path::toString);
    }

    private static Stream<Path> entries() {
        String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(whole.split(File.pathSeparator)).map(entry -> Path.of(entry).toAbsolutePath());
    }

    private static long newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().lastModified()).max().orElseThrow();
        }
    }
}
