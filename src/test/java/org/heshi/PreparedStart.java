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
import java.util.concurrent.CompletableFuture;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What a first start leaves behind, for all that begin with it, and the class path of {@link ChildProgram} with its classes loaded and linked ahead of time as
 * {@code ./run} has them: a start takes half the processor's time. Both come from one first start, made once for what was compiled by whoever needs it first; the others
 * wait for what they need of it. The classes are made ready beside the tests that need no more than the data.
 */
final class PreparedStart {

    private static final Path ALL = Path.of("target", "child-programs").toAbsolutePath();

    /** Ends when this process has made the classes ready; none: somebody else does, or did. */
    private static CompletableFuture<Void> making;

    private PreparedStart() {
    }

    private static final class Made {

        private static final Path FOLDER = folder();
        private static final Path JAR = FOLDER.resolve("heshi.jar");
        private static final Path SEEN = FOLDER.resolve("heshi.aotconf");
        private static final Path CACHE = FOLDER.resolve("heshi.aot");
        private static final Path BARE = FOLDER.resolve("data");
        private static final Path DEMO = FOLDER.resolve("demo");

        private static Path folder() {
            try {
                return ALL.resolve("start-" + newest(own()) + "-" + Integer.toHexString(libraries().toList().hashCode()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> path(String... more) throws IOException {
            List<String> options = new ArrayList<>(List.of(more));
            options.addAll(List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-cp",
                    String.join(File.pathSeparator, Stream.concat(Stream.of(JAR.toString()), libraries()).toList())));
            return options;
        }
    }

    /** Of Java, with the class path. */
    static synchronized List<String> options() {
        try {
            first();
            if (making != null) {
                making.join();
            } else {
                try (FileChannel file = locked("lock-cache"); var _ = file.lock()) {
                    link();
                }
            }
            return Made.path("-XX:AOTCache=" + Made.CACHE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a test on what a first start leaves behind is worth waiting for it: somebody did, or all tests are passed and some need it anyhow. */
    static boolean worthwhile() {
        return Boolean.getBoolean("heshi.prepared") || Files.exists(Made.BARE);
    }

    /** Puts a database there as a first start makes it, with the demo county or without: made once by a first start that ended cleanly, and copied from then on. */
    static synchronized void lay(Path data, boolean demo) throws IOException {
        first();
        if (demo && !Files.exists(Made.DEMO)) {
            options();
            try (FileChannel file = locked("lock-demo"); var _ = file.lock()) {
                if (!Files.exists(Made.DEMO)) {
                    Path part = Made.FOLDER.resolve("demo.part");
                    FileSystemUtils.deleteRecursively(part);
                    copy(Made.BARE, part);
                    try (ChildProgram first = ChildProgram.launch(part, Map.of("HESHI_DEMO", "on"))) {
                        first.awaitReady();
                        first.terminate();
                    }
                    Files.move(part, Made.DEMO);
                }
            }
        }
        copy(demo ? Made.DEMO : Made.BARE, data);
        // each takes a port of its own: several may begin at once
        Files.deleteIfExists(data.resolve("postgres.port"));
    }

    /** One start on data of its own and a clean end. Java notes which classes it needs. */
    private static void first() throws IOException {
        if (Files.exists(Made.BARE)) {
            return;
        }
        try (FileChannel file = locked("lock"); var _ = file.lock()) {
            if (Files.exists(Made.BARE)) {
                return;
            }
            Files.createDirectories(Made.FOLDER);
            int packed = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--no-compress", "--file", Made.JAR.toString(), "-C", own().toString(), ".");
            if (packed != 0) {
                throw new AssertionError("the program's classes could not be packed");
            }
            Path part = Made.FOLDER.resolve("data.part");
            FileSystemUtils.deleteRecursively(part);
            Path err = Made.FOLDER.resolve("err.txt");
            try (ChildProgram trained = ChildProgram.launch(part, Made.FOLDER.resolve("out.txt"), err, Map.of(), Made.path("-XX:AOTMode=record", "-XX:AOTConfiguration=" + Made.SEEN))) {
                trained.awaitReady();
                trained.terminate();
            }
            if (!Files.exists(Made.SEEN)) {
                throw new AssertionError("the classes of a start were not noted: " + Files.readString(err));
            }
            FileChannel linking = locked("lock-cache");
            linking.lock();
            making = CompletableFuture.runAsync(() -> {
                try (linking) {
                    link();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Files.move(part, Made.BARE);
        }
    }

    private static FileChannel locked(String name) throws IOException {
        Files.createDirectories(ALL);
        return FileChannel.open(ALL.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void link() throws IOException {
        if (Files.exists(Made.CACHE)) {
            return;
        }
        Path part = Made.FOLDER.resolve("heshi.aot.part");
        Path said = Made.FOLDER.resolve("link.txt");
        try {
            if (ChildProgram.java(Made.path("-XX:AOTMode=create", "-XX:AOTConfiguration=" + Made.SEEN, "-XX:AOTCache=" + part)).redirectErrorStream(true)
                    .redirectOutput(said.toFile()).start().waitFor() != 0 || !Files.exists(part)) {
                throw new AssertionError("no cache of classes was made: " + Files.readString(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        Files.move(part, Made.CACHE);
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
