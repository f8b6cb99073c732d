package org.heshi.boot.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heshi.kernel.CannotStart;

/**
 * How a program of PostgreSQL is called by whoever runs us. PostgreSQL refuses root: there it runs in a user namespace of its own
 * ({@code unshare}), which leaves all files with root, or where the system forbids that, as the user {@code nobody}, who is then given the
 * database's folder.
 */
public sealed interface Launcher {

    /** What stands before the program's own command line. */
    List<String> prefix();

    /** Gives this folder, which PostgreSQL will write, to whom it will run as. */
    void give(Path folder);

    record Plain() implements Launcher {
        @Override
        public List<String> prefix() {
            return List.of();
        }

        @Override
        public void give(Path folder) {
            // it is ours already
        }
    }

    record Namespace() implements Launcher {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "--user", "--");
        }

        @Override
        public void give(Path folder) {
            // the namespace's nobody is root outside
        }
    }

    record OtherUser(int uid, int gid) implements Launcher {
        @Override
        public List<String> prefix() {
            return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
        }

        @Override
        public void give(Path folder) {
            try {
                Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                        return own(dir);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        return own(file);
                    }

                    private FileVisitResult own(Path path) throws IOException {
                        Files.setAttribute(path, "unix:uid", uid, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                        Files.setAttribute(path, "unix:gid", gid, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                        return FileVisitResult.CONTINUE;
                    }
                });
                DataFolder.ownerOnly(folder.getParent(), "rwx--x--x");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The way that works here. @throws CannotStart when PostgreSQL cannot be run by this user in any way */
    static Launcher here() {
        if (!root()) {
            return new Plain();
        }
        if (succeeds("unshare", "--user", "--", "true")) {
            return new Namespace();
        }
        if (succeeds("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", "true")) {
            return new OtherUser(65_534, 65_534);
        }
        throw CannotStart.because("PostgreSQL does not run as root, and neither unshare nor setpriv (Debian's util-linux) works here:"
                + " start the program as an ordinary user, or set HESHI_DB_URL.");
    }

    private static boolean root() {
        try {
            Path self = Path.of("/proc/self");
            return Files.exists(self) ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid")) : "root".equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException _) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A process of PostgreSQL; all that it says goes to the end of the file. It keeps no open input and no environment of ours but the path. */
    default Process start(List<String> command, Path log, Path directory) throws IOException {
        List<String> whole = new ArrayList<>(prefix());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("HESHI_") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
