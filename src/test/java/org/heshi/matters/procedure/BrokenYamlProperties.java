package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever happens to a file, the reader answers with procedures or with what is wrong; it never breaks in another way. Others are tried in each run, five times as many in the full one. */
class BrokenYamlProperties {

    private static final List<String> FILES = List.of("intake.yaml", "repair.yaml", "common/import.yaml");
    private static final List<String> PIECES = List.of("", " ", "\n", "\t", ":", ": ", "- ", "[", "]", "{", "}", "'", "\"", "#", "|", ">", "&a ", "*a", "!!int ", "? ", "%YAML 9.9\n",
            "---\n", "...\n", "~", "null", "true", "[]", "{}", "<<: ", "final: true", "from: nothing", "from: any", "to: closed", "who: anyone", "effect: merge",
            "effect: reopen", "turn: none", "registered", "closed", "\uFEFF", "\u0000", "\u202E", "\uD800", "𠮷", "9999999999", "-1", "0x1F", "1e9");

    /** Bytes from one place on are taken out, put elsewhere or replaced. */
    record Change(double at, int length, String with) {
        String in(String text) {
            int from = (int) (at * text.length());
            int to = Math.min(text.length(), from + length);
            return text.substring(0, from) + with + text.substring(to);
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Double> at = Arbitraries.doubles().between(0, 1);
        Arbitrary<Integer> length = Arbitraries.integers().between(0, 60);
        Arbitrary<String> with = Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(12));
        return Combinators.combine(at, length, with).as(Change::new).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of(FILES);
    }

    @Property(tries = 300)
    void answersAnyChangeWithProceduresOrWithViolations(@ForAll("files") String file, @ForAll("changes") List<Change> changes) {
        changed(file, changes);
    }

    @Property(tries = 1500)
    @Tag("full")
    void answersAnyOfManyChangesWithProceduresOrWithViolations(@ForAll("files") String file, @ForAll("changes") List<Change> changes) {
        changed(file, changes);
    }

    private static void changed(String file, List<Change> changes) {
        String text = GoodFiles.text(file);
        for (Change change : changes) {
            text = change.in(text);
        }
        judged(file, text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void answersAnyBytesWithViolations(@ForAll byte[] bytes) {
        judged("repair.yaml", bytes);
    }

    /** Lines that change places keep the file well-formed more often, so that the rules see it. */
    @Property(tries = 140)
    void answersLinesThatAreLostOrChangePlaces(@ForAll("files") String file, @ForAll double first, @ForAll double second) {
        moved(file, first, second);
    }

    @Property(tries = 700)
    @Tag("full")
    void answersManyLinesThatAreLostOrChangePlaces(@ForAll("files") String file, @ForAll double first, @ForAll double second) {
        moved(file, first, second);
    }

    private static void moved(String file, double first, double second) {
        List<String> lines = new java.util.ArrayList<>(GoodFiles.text(file).lines().toList());
        int a = (int) (Math.abs(first % 1) * lines.size());
        int b = (int) (Math.abs(second % 1) * lines.size());
        String moved = lines.remove(a);
        if (b < lines.size()) {
            lines.add(b, moved);
        }
        judged(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static void judged(String file, byte[] bytes) {
        try {
            ProcedureSet set = ProcedureSet.of(GoodFiles.with(file, bytes));
            assertThat(set.kinds()).containsKey("intake");
            set.kinds().forEach((kind, checked) -> assertThat(ProcedureSet.published(kind, 1, checked.source())).isEqualTo(checked.procedure()));
        } catch (RefusedProcedures refused) {
            assertThat(refused.violations().list()).isNotEmpty().allMatch(violation -> violation.line() >= 1 && !violation.message().isBlank());
        }
    }
}
