package org.heshi.exchange.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.heshi.kernel.CannotStart;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The mappings that hold: those that ship, and those of the county, which take the place of shipped ones of the same name. Read once, at the start. */
@Component
class Mappings {

    private final Map<String, Mapping> byName;

    @Autowired
    Mappings(@Value("${heshi.order-mappings:}") String folder) {
        this(folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder)));
    }

    Mappings(Optional<Path> folder) {
        List<String> problems = new ArrayList<>();
        byName = read(folder, problems);
        if (!problems.isEmpty()) {
            throw CannotStart.wrongSettings(problems);
        }
    }

    /** @param problems gets what is wrong */
    static Map<String, Mapping> read(Optional<Path> folder, List<String> problems) {
        Map<String, Mapping> all = new LinkedHashMap<>();
        try {
            for (Resource shipped : new PathMatchingResourcePatternResolver().getResources("classpath*:orders/*.yaml")) {
                MappingFile.read("shipped " + shipped.getFilename(), shipped.getContentAsByteArray(), problems).ifPresent(mapping -> all.put(mapping.name(), mapping));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder.ifPresent(where -> own(where, problems).forEach(all::put));
        return new TreeMap<>(all);
    }

    static Map<String, Mapping> own(Path folder, List<String> problems) {
        Map<String, Mapping> own = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            problems.add(folder + ":1: there is no such folder");
            return own;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml") || path.toString().endsWith(".yml")).sorted().toList()) {
                MappingFile.read(file.toString(), Files.readAllBytes(file), problems).ifPresent(mapping -> {
                    if (own.put(mapping.name(), mapping) != null) {
                        problems.add(file + ":1: there are two mappings of the name '" + mapping.name() + "'");
                    }
                });
            }
        } catch (IOException e) {
            problems.add(folder + ":1: it cannot be read");
        }
        return own;
    }

    Optional<Mapping> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
