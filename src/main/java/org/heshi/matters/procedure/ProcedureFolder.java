package org.heshi.matters.procedure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Where procedure files come from: those that are shipped, and over them those of the deployer's folder. */
final class ProcedureFolder {

    private static final String COMMON = "common";
    private static final String ENDING = ".yaml";

    private ProcedureFolder() {
    }

    /** The shipped files; a file of the folder with the same place and name stands in for the shipped one. */
    static Collection<ProcedureFile> files(String folder) {
        Map<String, ProcedureFile> files = new TreeMap<>();
        shipped().forEach(file -> files.put(place(file), file));
        if (!folder.isBlank()) {
            in(Path.of(folder)).forEach(file -> files.put(place(file), file));
        }
        return files.values();
    }

    private static String place(ProcedureFile file) {
        return (file.fragment() ? COMMON + "/" : "") + file.stem() + (file.name().endsWith(ENDING) ? "" : "?");
    }

    static List<ProcedureFile> shipped() {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(ProcedureFolder.class.getClassLoader());
        try {
            return Stream.concat(
                    Stream.of(resolver.getResources("classpath:procedures/*.yaml")).map(resource -> shipped(resource, false)),
                    Stream.of(resolver.getResources("classpath:procedures/common/*.yaml")).map(resource -> shipped(resource, true))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcedureFile shipped(Resource resource, boolean fragment) {
        String name = String.valueOf(resource.getFilename());
        try {
            return new ProcedureFile("procedures/" + (fragment ? COMMON + "/" : "") + name, stem(name), fragment, resource.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files whose name begins with a dot or that end in anything but {@code .yaml} or {@code .yml} are left alone. */
    static List<ProcedureFile> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            Problems problems = new Problems();
            problems.add(folder.toString(), 1, "there is no such folder");
            throw new RefusedProcedures(problems.violations());
        }
        Path common = folder.resolve(COMMON);
        List<ProcedureFile> own = list(folder, false);
        return Files.isDirectory(common) ? Stream.concat(own.stream(), list(common, true).stream()).toList() : own;
    }

    private static List<ProcedureFile> list(Path folder, boolean fragment) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isRegularFile).filter(path -> path.getFileName().toString().matches("[^.].*\\.ya?ml")).sorted()
                    .map(path -> read(path, fragment)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcedureFile read(Path path, boolean fragment) {
        String name = path.getFileName().toString();
        try (var in = Files.newInputStream(path)) {
            return new ProcedureFile(path.toString(), stem(name), fragment, in.readNBytes(YamlFile.MOST_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
