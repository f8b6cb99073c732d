package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents on threats and on OWASP's standard name code and tests. What they name is there. */
class WhatTheDocumentsClaimTests {

    private static final Path DOCS = Path.of("docs");
    private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern OF_JAVA = Pattern.compile("([A-Z][A-Za-z0-9]{2,})(?:\\.([a-z][A-Za-z0-9]+))?");
    private static final Pattern NUMBER = Pattern.compile("V\\d{1,2}\\.\\d{1,2}\\.\\d{1,2}");
    /** Of Java, of Spring and of the web; everything else with a capital is ours. */
    private static final Set<String> OTHERS = Set.of("Html", "JdbcClient", "SecureRandom", "ContentDisposition", "ResponseCookie", "ObjectInputFilter",
            "Pattern", "RequestParam");

    /** Text of each file of Java by its name without the ending. */
    private static final Map<String, String> JAVA = new HashMap<>();
    private static String sql;

    @BeforeAll
    static void readTheCode() throws IOException {
        for (String folder : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    JAVA.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/db"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                all.append(file.getFileName()).append('\n').append(Files.readString(file)).append('\n');
            }
            sql = all.toString();
        }
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(found -> found.group(1)).distinct().toList();
    }

    private static List<String> wrong(String text) {
        List<String> wrong = new ArrayList<>();
        for (String name : quoted(text)) {
            Matcher java = OF_JAVA.matcher(name);
            if (java.matches() && !OTHERS.contains(java.group(1))) {
                String file = JAVA.get(java.group(1));
                if (file == null || java.group(2) != null && !file.contains(" " + java.group(2) + "(")) {
                    wrong.add(name);
                }
            } else if (name.startsWith("matters.") && !sql.contains("function " + name + "(") || name.endsWith(".sql") && !sql.contains(name + "\n")) {
                wrong.add(name);
            } else if (name.startsWith("docs/") && !Files.exists(Path.of(name))) {
                wrong.add(name);
            }
        }
        return wrong;
    }

    @ParameterizedTest
    @ValueSource(strings = {"threats.md", "asvs.md"})
    void nameNothingThatIsNotThere(String document) throws IOException {
        String text = Files.readString(DOCS.resolve(document));
        assertThat(quoted(text)).hasSizeGreaterThan(40);
        assertThat(wrong(text)).isEmpty();
    }

    @Test
    void wouldBeCaughtNamingWhatIsNot() {
        assertThat(wrong("`EveryTableTests.saysItsClass` `SecurityChain` `matters.may_see` `docs/asvs.md` `SecureRandom`")).isEmpty();
        assertThat(wrong("`EveryTableTests.dreamsOfSheep` `NoSuchChain` `matters.may_fly` `docs/none.md` `V99__none.sql`")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threats.md", "asvs.md", "../SECURITY.md"})
    void leadToFilesThatAreThere(String document) throws IOException {
        Path file = DOCS.resolve(document);
        for (MatchResult link : Pattern.compile("]\\(([^)#]*)(#[^)]*)?\\)").matcher(Files.readString(file)).results().toList()) {
            if (!link.group(1).startsWith("http") && !link.group(1).isEmpty()) {
                assertThat(file.resolveSibling(link.group(1)).normalize()).exists();
            }
        }
    }

    /** Levels 1 and 2 of version 5.0.0 are 253 requirements. */
    @Test
    void answerEachRequirementOnce() throws IOException {
        List<String> numbers = new ArrayList<>();
        Map<String, Integer> states = new HashMap<>();
        String text = Files.readString(DOCS.resolve("asvs.md"));
        text.lines().filter(line -> line.startsWith("| V")).forEach(line -> {
            String[] cells = line.split("\\|");
            List<String> here = NUMBER.matcher(cells[1]).results().map(MatchResult::group).toList();
            numbers.addAll(here);
            states.merge(cells[3].strip(), here.size(), Integer::sum);
        });
        assertThat(numbers).hasSize(253).doesNotHaveDuplicates();
        assertThat(states.keySet()).containsExactlyInAnyOrder("yes", "part", "gap", "n/a");
        assertThat(text).contains("Of 253: %d yes, %d part, %d gap, %d n/a.".formatted(states.get("yes"), states.get("part"), states.get("gap"), states.get("n/a")));
    }

    @Test
    void drawEveryFlowThatTheySpeakOf() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var picture = factory.newDocumentBuilder().parse(DOCS.resolve("threats.svg").toFile()).getElementsByTagName("text");
        Set<String> drawn = IntStream.range(0, picture.getLength()).mapToObj(i -> picture.item(i).getTextContent()).filter(t -> t.matches("\\d+"))
                .collect(Collectors.toSet());
        Set<String> spoken = new HashSet<>();
        Files.readString(DOCS.resolve("threats.md")).lines().filter(line -> line.matches("## \\d.*"))
                .forEach(line -> Pattern.compile("\\d+").matcher(line.replaceAll("[^#0-9 ,]+", "")).results().forEach(found -> spoken.add(found.group())));
        assertThat(drawn).isEqualTo(spoken).hasSize(13);
    }
}
