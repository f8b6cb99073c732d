package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every room speaks both languages, whole. */
class MessagesTests {

    private static final Path FOLDER = Path.of("src/main/resources/messages");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern ARGUMENT = Pattern.compile("\\{([0-9]+)");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    /** A key written out whole in a template. */
    private static final Pattern KEY = Pattern.compile("frame\\.t\\(\"([a-z][a-z0-9.-]*[a-z0-9])\"[,)]");

    static Stream<String> rooms() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("_(zh_CN|en)\\.properties$", "")).distinct().sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void sayTheSameThingsInBothLanguages(String room) {
        assertThat(new TreeSet<>(read(room, "zh_CN").stringPropertyNames())).isNotEmpty()
                .isEqualTo(new TreeSet<>(read(room, "en").stringPropertyNames()));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void leaveNothingEmpty(String room) {
        for (String language : List.of("zh_CN", "en")) {
            read(room, language).forEach((key, value) -> assertThat(value.toString()).as("%s in %s", key, language).isNotBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void needTheSameArgumentsInBothLanguages(String room) {
        Properties chinese = read(room, "zh_CN");
        Properties english = read(room, "en");
        for (String key : chinese.stringPropertyNames()) {
            assertThat(arguments(english.getProperty(key, ""))).as(key).isEqualTo(arguments(chinese.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void canBeWritten(String room) {
        for (String language : List.of("zh_CN", "en")) {
            read(room, language).forEach((key, value) -> {
                String text = value.toString();
                if (!arguments(text).isEmpty()) {
                    String written = new java.text.MessageFormat(text).format(new Object[] {1, 2, 3, 4, 5, 6, 7, 8});
                    assertThat(written).as("%s in %s: an apostrophe in a message with arguments is doubled", key, language)
                            .doesNotContainPattern("\\{[0-9]");
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void areEnglishInEnglish(String room) {
        read(room, "en").forEach((key, value) -> {
            if (!key.equals("site.language.zh")) {
                // A Chinese place or word may be quoted as an example.
                assertThat(HAN.matcher(value.toString()).results().count() * 5).as("%s: %s", key, value).isLessThanOrEqualTo(value.toString().length());
            }
        });
    }

    @Test
    void standInOneRoomOnly() throws IOException {
        Map<String, String> owner = new HashMap<>();
        for (String room : rooms().toList()) {
            for (String key : read(room, "zh_CN").stringPropertyNames()) {
                assertThat(owner.put(key, room)).as("%s stands in %s and in", key, room).isNull();
            }
        }
    }

    @Test
    void areThereForEveryKeyThatATemplateNames() throws IOException {
        TreeSet<String> known = new TreeSet<>();
        for (String room : rooms().toList()) {
            known.addAll(read(room, "zh_CN").stringPropertyNames());
        }
        TreeSet<String> missing = new TreeSet<>();
        try (Stream<Path> templates = Files.walk(TEMPLATES)) {
            templates.filter(path -> path.toString().endsWith(".jte")).forEach(template -> {
                Matcher key = KEY.matcher(text(template));
                while (key.find()) {
                    if (!known.contains(key.group(1))) {
                        missing.add(template + ": " + key.group(1));
                    }
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    private static TreeSet<String> arguments(String text) {
        TreeSet<String> found = new TreeSet<>();
        ARGUMENT.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static Properties read(String room, String language) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(room + "_" + language + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
