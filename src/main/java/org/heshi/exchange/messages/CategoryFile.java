package org.heshi.exchange.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.heshi.directory.Categories;
import org.heshi.exchange.csv.CsvReader;
import org.heshi.exchange.csv.CsvRow;
import org.heshi.exchange.csv.Encoding;
import org.springframework.stereotype.Component;

/** Another board's category tree: level1, level2, level3. Paths that are there stay as they are. */
@Component
class CategoryFile {

    private final Categories categories;

    CategoryFile(Categories categories) {
        this.categories = categories;
    }

    /**
     * @return how many paths it holds
     * @throws IOException when it cannot be read or a line is no path; nothing is added after that line
     */
    int load(Path file) throws IOException {
        int paths = 0;
        try (CsvReader reader = CsvReader.open(file, Encoding.of(file))) {
            Optional<CsvRow> row = reader.next();
            if (row.isEmpty() || !(row.get() instanceof CsvRow.Good heading) || !heading.fields().getFirst().strip().equals("level1")) {
                throw new IOException(file.getFileName() + " does not begin with the heading level1,level2,level3");
            }
            reader.expect(heading.fields().size());
            for (row = reader.next(); row.isPresent(); row = reader.next()) {
                switch (row.get()) {
                    case CsvRow.Good good -> {
                        categories.addPath(path(file, good));
                        paths++;
                    }
                    case CsvRow.Bad bad -> throw new IOException("%s, line %d: %s".formatted(file.getFileName(), bad.line(), bad.fault()));
                }
            }
        }
        return paths;
    }

    private static List<String> path(Path file, CsvRow.Good row) throws IOException {
        List<String> names = row.fields().stream().limit(3).map(String::strip).toList();
        int depth = 0;
        while (depth < names.size() && !names.get(depth).isEmpty()) {
            depth++;
        }
        if (depth == 0 || names.stream().skip(depth).anyMatch(name -> !name.isEmpty())) {
            throw new IOException("%s, line %d: a level is missing".formatted(file.getFileName(), row.line()));
        }
        return names.subList(0, depth);
    }
}
