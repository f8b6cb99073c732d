package org.heshi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** Looks for words in every column of every table that the catalog knows, and in every file beside the database. */
public final class Traces {

    private final ApplicationContext context;

    public Traces(ApplicationContext context) {
        this.context = context;
    }

    /** Tables with a row that holds one of these words, in whatever column and type; bytes are searched as their hexadecimal digits. */
    public List<String> inTables(List<String> words) {
        List<String> found = new ArrayList<>();
        try (Connection all = SuperuserConnection.open(context); Statement s = all.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet r = s.executeQuery("""
                    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%' order by 1
                    """)) {
                while (r.next()) {
                    tables.add(r.getString(1));
                }
            }
            for (String table : tables) {
                for (String word : words) {
                    try (var query = all.prepareStatement("select exists (select from " + table + " t where strpos(t::text, ?) > 0 or strpos(t::text, ?) > 0)")) {
                        query.setString(1, word);
                        query.setString(2, HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)));
                        try (ResultSet r = query.executeQuery()) {
                            r.next();
                            if (r.getBoolean(1)) {
                                found.add(table + " holds " + word);
                            }
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** Files below the data folder that hold one of these words as UTF-8; without the database's own folder, whose pages PostgreSQL cleans in its own time. */
    public List<String> inFiles(List<String> words) {
        Path data = Path.of(context.getEnvironment().getRequiredProperty("heshi.data"));
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !data.relativize(file).startsWith("postgres")).toList()) {
                try {
                    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    for (String word : words) {
                        if (bytes.contains(new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
                            found.add(data.relativize(file) + " holds " + word);
                        }
                    }
                } catch (NoSuchFileException _) {
                    // it went while we looked: it holds nothing
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }
}
